package dev.gengap.compute.aparapi;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.gengap.core.UserError;
import java.util.List;

/** The OpenCL device that tests run on; without one they are skipped, and say so. */
final class OpenCl {
  private OpenCl() {}

  /** The first of this machine. */
  static AparapiDevice device() {
    List<AparapiDevice> devices;
    try {
      devices = AparapiDevices.list();
    } catch (UserError e) {
      return abort(e.getMessage());
    }
    return devices.isEmpty()
        ? abort("OpenCL device: none (expected: one, as of pocl-opencl-icd)")
        : devices.get(0);
  }

  /** As a processor is used: one work item per group, in Java's own arrays. */
  static OpenClDevice serial() {
    return new OpenClDevice(device(), true, true);
  }

  /** As a graphics processor is used: groups with local memory, and memory of its own. */
  static OpenClDevice grouped() {
    return new OpenClDevice(device(), false, false);
  }
}
