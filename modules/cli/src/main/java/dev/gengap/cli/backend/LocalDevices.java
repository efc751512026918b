package dev.gengap.cli.backend;

import com.sun.management.OperatingSystemMXBean;
import dev.gengap.compute.aparapi.AparapiBackend;
import dev.gengap.compute.aparapi.AparapiDevice;
import dev.gengap.compute.aparapi.AparapiDevices;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.DeviceKind;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The devices of this machine. Safe for any thread. */
public final class LocalDevices {
  private LocalDevices() {}

  /** The processors, by ND4J. */
  public static LocalDevice cpu() {
    int processors = Runtime.getRuntime().availableProcessors();
    String name = "nd4j, %s, %d processors".formatted(System.getProperty("os.arch"), processors);
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new LocalDevice(
        new Device(DeviceKind.CPU, 0, name), memory, processors, false, Nd4jBackend::create);
  }

  /**
   * The OpenCL devices, by Aparapi; empty if there is none.
   *
   * @throws dev.gengap.core.UserError if OpenCL is not installed
   */
  public static List<LocalDevice> openCl() {
    return AparapiDevices.list().stream().map(LocalDevices::openCl).toList();
  }

  /**
   * The OpenCL device that {@code request} means: an index, a kind or a part of a name.
   *
   * @throws dev.gengap.core.UserError if OpenCL is not installed or there is no such device
   */
  public static LocalDevice openCl(String request) {
    return openCl(AparapiDevices.find(request));
  }

  private static LocalDevice openCl(AparapiDevice device) {
    String name = "%s, %s".formatted(device.name(), device.platform());
    return new LocalDevice(
        new Device(DeviceKind.OPENCL, device.index(), name),
        device.memoryBytes(),
        device.computeUnits(),
        device.type() == AparapiDevice.Type.GPU,
        threads -> AparapiBackend.create(device));
  }
}
