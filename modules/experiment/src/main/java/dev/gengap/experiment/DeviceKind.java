package dev.gengap.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a device is reached through. */
public enum DeviceKind {
  /** The processors, of which a machine has one device. */
  CPU("nd4j"),
  /** A device with an OpenCL driver. */
  OPENCL("aparapi"),
  /** A device with a CUDA driver. */
  CUDA("nd4j");

  private final String backend;

  DeviceKind(String backend) {
    this.backend = backend;
  }

  /** Name of the tensor library that computes on devices of this kind. */
  public String backend() {
    return backend;
  }

  /** As experiment files write it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kinds that {@code backend} computes on. */
  public static List<DeviceKind> of(String backend) {
    return Arrays.stream(values()).filter(kind -> kind.backend().equals(backend)).toList();
  }
}
