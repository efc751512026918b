package dev.gengap.network.layer;

import java.util.List;

/** (channel, height, width) becomes a vector, row-major. */
public record Flatten() implements LayerSpec {
  @Override
  public String type() {
    return "flatten";
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return List.of(input.stream().reduce(1, Math::multiplyExact));
  }
}
