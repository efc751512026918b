package dev.gengap.network.safetensors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The contents of a safetensors file: named tensors in the order of their bytes, and texts about
 * them. Immutable. Read by {@link SafetensorsReader}, written by {@link SafetensorsWriter}.
 *
 * @param metadata free texts by name, the header's {@code __metadata__}
 * @param tensors by name
 */
public record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {
  /** The header's key for {@link #metadata}; no tensor can have this name. */
  static final String METADATA = "__metadata__";

  /** Bytes before the header that hold its length. */
  static final int LENGTH_BYTES = Long.BYTES;

  public Safetensors {
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException(
          "tensor: " + METADATA + " (expected: a name that the format does not reserve)");
    }
  }
}
