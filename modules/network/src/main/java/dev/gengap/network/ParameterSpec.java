package dev.gengap.network;

import java.util.List;

/**
 * A parameter tensor of a network.
 *
 * @param name as nested sequential containers name it: {@code 3.weight}
 * @param shape linear weights are (out, in), biases (out)
 * @param fanIn inputs of one unit of the layer it belongs to
 * @param fanOut units of that layer
 * @param role what it is to its layer
 */
public record ParameterSpec(String name, List<Integer> shape, int fanIn, int fanOut, Role role) {
  /** What a parameter is to its layer. */
  public enum Role {
    WEIGHT,
    BIAS
  }

  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
