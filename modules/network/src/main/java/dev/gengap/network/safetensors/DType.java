package dev.gengap.network.safetensors;

import java.util.Arrays;
import java.util.Optional;

/** The element types that Gengap reads and writes, named as in the format. */
public enum DType {
  F32(4),
  F64(8),
  I64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  static Optional<DType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
