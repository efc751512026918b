package dev.gengap.compute.aparapi;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.kernel.KernelManager;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A device and how it is used.
 *
 * @param device what it is
 * @param serial whether it runs {@link SerialKernel}, else {@link GroupKernel}
 * @param sharesHostMemory whether it works in Java's own arrays
 */
record OpenClDevice(AparapiDevice device, boolean serial, boolean sharesHostMemory) {
  /** Work items for each compute unit of a processor: enough to even out their shares. */
  private static final int ITEMS_PER_UNIT = 32;

  private static final int GROUPS_PER_UNIT = 4;

  OpenClDevice {
    if (!serial && device.maxGroupSize() < GroupKernel.GROUP) {
      throw new UserError(
          Problem.of(
              "",
              "OpenCL device",
              device.name() + " with groups of at most " + device.maxGroupSize(),
              "one with groups of " + GroupKernel.GROUP));
    }
  }

  /** As its type is used best. */
  static OpenClDevice of(AparapiDevice device) {
    boolean processor = device.type() == AparapiDevice.Type.CPU;
    return new OpenClDevice(device, processor, processor);
  }

  String name() {
    return device.name();
  }

  long largestAllocation() {
    return device.largestAllocationBytes();
  }

  /** Elements that an unfolded piece of a batch should have: what stays in cache on a processor. */
  int unfoldedElements() {
    return serial ? 1 << 20 : 1 << 25;
  }

  OpenCLDevice openCl() {
    OpenCLDevice target = AparapiDevices.openCl(device);
    target.setSharedMemory(sharesHostMemory);
    return target;
  }

  /** The same for every pass: a multiple of the group, so that barriers meet all work items. */
  Range range() {
    int units = Math.max(1, device.computeUnits());
    return serial
        ? openCl().createRange(units * ITEMS_PER_UNIT, 1)
        : openCl().createRange(units * GROUPS_PER_UNIT * GroupKernel.GROUP, GroupKernel.GROUP);
  }

  ArenaKernel newKernel() {
    ArenaKernel kernel = serial ? new SerialKernel() : new GroupKernel();
    kernel.contiguous = serial ? 1 : 0;
    allowEveryDevice(kernel);
    return kernel;
  }

  /** Aparapi shuns a device that once failed a kernel of the class, for the life of the process. */
  private static void allowEveryDevice(Kernel kernel) {
    List<OpenCLDevice> devices = OpenCLDevice.listDevices(null);
    KernelManager.instance().setPreferredDevices(kernel, new LinkedHashSet<Device>(devices));
  }
}
