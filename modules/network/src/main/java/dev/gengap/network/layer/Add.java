package dev.gengap.network.layer;

import java.util.List;

/**
 * The sum of the outputs of all paths: with an empty path, the residual connection of He et al.
 * 2016.
 *
 * @param paths an empty one is the identity
 */
public record Add(List<List<LayerSpec>> paths) implements Branching {
  public Add {
    paths = Branching.copyOf(paths);
  }

  @Override
  public String type() {
    return "add";
  }

  @Override
  public String expectedOutputs() {
    return "one shape";
  }

  @Override
  public boolean joins(List<List<Integer>> outputs) {
    return outputs.stream().distinct().count() == 1;
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return pathOutputs(input).get(0);
  }
}
