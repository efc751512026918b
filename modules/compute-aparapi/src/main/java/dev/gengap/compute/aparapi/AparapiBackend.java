package dev.gengap.compute.aparapi;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendInfo;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Workspace;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An OpenCL device, by Aparapi. Computes with float32 only. Its results do not depend on the order
 * in which work items run, so that a device gives the same bits every time. Safe for any thread;
 * Aparapi runs one launch at a time in a process, also on several devices. Caller closes.
 */
public final class AparapiBackend implements Backend {
  /** Aparapi's jar does not say. */
  private static final String VERSION = "3.0.2";

  private final OpenClDevice device;
  private final AtomicBoolean closed = new AtomicBoolean();

  private AparapiBackend(OpenClDevice device) {
    this.device = device;
  }

  /**
   * A backend on {@code device}, which runs the kernel once to see that it can.
   *
   * @throws dev.gengap.core.UserError if OpenCL is not installed, the device is not there, or it
   *     cannot compile the kernel
   * @throws dev.gengap.compute.DeviceException if it fails to run it
   */
  public static AparapiBackend create(AparapiDevice device) {
    return create(OpenClDevice.of(device));
  }

  /**
   * A backend on the device that {@code request} means to {@link AparapiDevices#find}.
   *
   * @throws dev.gengap.core.UserError as {@link #create(AparapiDevice)}
   */
  public static AparapiBackend create(String request) {
    return create(AparapiDevices.find(request));
  }

  /** A device used in another way than its type suggests. */
  static AparapiBackend create(OpenClDevice device) {
    try (DeviceArena trial = new DeviceArena(device)) {
      trial.start();
    }
    return new AparapiBackend(device);
  }

  @Override
  public BackendInfo info() {
    AparapiDevice what = device.device();
    String description =
        what.type()
            + " "
            + what.name()
            + " ("
            + what.platform()
            + ", "
            + what.computeUnits()
            + " compute units)";
    return new BackendInfo("aparapi", VERSION, description, 1);
  }

  @Override
  public Set<Precision> precisions() {
    return Set.of(Precision.FLOAT32);
  }

  @Override
  public Workspace newWorkspace(Precision precision) {
    if (precision != Precision.FLOAT32) {
      throw new IllegalArgumentException("precision: " + precision + " (expected: FLOAT32)");
    }
    if (closed.get()) {
      throw new IllegalStateException("backend: closed (expected: open)");
    }
    return new AparapiWorkspace(device);
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
