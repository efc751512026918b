package dev.gengap.compute.aparapi;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.internal.opencl.OpenCLLoader;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The OpenCL devices of this machine. Safe for any thread. */
public final class AparapiDevices {
  private static final String REMEDY =
      "install an OpenCL driver: on Debian, for the processor, apt-get install pocl-opencl-icd; for"
          + " an NVIDIA card, its driver with OpenCL (nvidia-opencl-icd)";

  private AparapiDevices() {}

  /**
   * All of them, of every platform; empty if no platform has one.
   *
   * @throws UserError if OpenCL is not installed
   */
  public static List<AparapiDevice> list() {
    List<OpenCLDevice> devices = openCl();
    return IntStream.range(0, devices.size()).mapToObj(i -> describe(i, devices.get(i))).toList();
  }

  /**
   * The one device that {@code request} means: its index, a kind ({@code gpu}, {@code cpu}, {@code
   * accelerator}: the first of them), or a part of its name, upper or lower case.
   *
   * @throws UserError if OpenCL is not installed or there is no such device
   */
  public static AparapiDevice find(String request) {
    List<AparapiDevice> devices = list();
    String wanted = request.strip().toLowerCase(Locale.ROOT);
    return devices.stream()
        .filter(device -> isMeant(device, wanted))
        .findFirst()
        .orElseThrow(() -> missing(request, devices));
  }

  /** Aparapi's own. */
  static OpenCLDevice openCl(AparapiDevice device) {
    List<OpenCLDevice> devices = openCl();
    if (device.index() >= devices.size()) {
      throw missing(String.valueOf(device.index()), list());
    }
    return devices.get(device.index());
  }

  private static List<OpenCLDevice> openCl() {
    AparapiLog.capture();
    try {
      if (!OpenCLLoader.isOpenCLAvailable()) {
        throw new UserError(notInstalled());
      }
      return OpenCLDevice.listDevices(null);
    } catch (LinkageError e) {
      throw new UserError(notInstalled(), e);
    }
  }

  private static Problem notInstalled() {
    return Problem.of("", "OpenCL", "not installed", "libOpenCL and a driver").withRemedy(REMEDY);
  }

  private static boolean isMeant(AparapiDevice device, String wanted) {
    return wanted.equals(String.valueOf(device.index()))
        || wanted.equals(device.type().name().toLowerCase(Locale.ROOT))
        || (!wanted.isEmpty()
            && !wanted.matches("[0-9]+|gpu|cpu|accelerator")
            && device.name().toLowerCase(Locale.ROOT).contains(wanted));
  }

  private static UserError missing(String request, List<AparapiDevice> devices) {
    String known =
        devices.stream()
            .map(device -> device.index() + " " + device.type() + " " + device.name())
            .collect(Collectors.joining("; "));
    return new UserError(
        Problem.of(
                "",
                "OpenCL device",
                request,
                known.isEmpty() ? "one; there is none" : "one of: " + known)
            .withRemedy(REMEDY));
  }

  private static AparapiDevice describe(int index, OpenCLDevice device) {
    return new AparapiDevice(
        index,
        device.getOpenCLPlatform().getName(),
        device.getName(),
        device.getOpenCLPlatform().getVendor(),
        type(device),
        device.getGlobalMemSize(),
        device.getMaxMemAllocSize(),
        device.getMaxComputeUnits(),
        device.getMaxWorkGroupSize());
  }

  private static AparapiDevice.Type type(OpenCLDevice device) {
    return switch (device.getType()) {
      case GPU -> AparapiDevice.Type.GPU;
      case CPU -> AparapiDevice.Type.CPU;
      default -> AparapiDevice.Type.ACCELERATOR;
    };
  }
}
