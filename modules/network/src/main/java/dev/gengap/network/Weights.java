package dev.gengap.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a network at one moment, by name, in the network's order. Immutable. */
public record Weights(Map<String, FloatArray> tensors) {
  public Weights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * The tensor {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FloatArray get(String name) {
    FloatArray found = tensors.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "tensor: " + name + " (expected: one of " + tensors.keySet() + ")");
    }
    return found;
  }
}
