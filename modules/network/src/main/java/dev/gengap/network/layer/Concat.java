package dev.gengap.network.layer;

import java.util.ArrayList;
import java.util.List;

/**
 * The outputs of all paths one after the other: the channels of images of one height and width, or
 * the numbers of vectors.
 *
 * @param paths an empty one is the identity
 */
public record Concat(List<List<LayerSpec>> paths) implements Branching {
  public Concat {
    paths = Branching.copyOf(paths);
  }

  @Override
  public String type() {
    return "concat";
  }

  @Override
  public String expectedOutputs() {
    return "images of one height and width, or vectors";
  }

  @Override
  public boolean joins(List<List<Integer>> outputs) {
    List<Integer> first = outputs.get(0);
    long elements = outputs.stream().mapToLong(Shapes::elements).sum();
    return elements <= Integer.MAX_VALUE
        && outputs.stream()
            .allMatch(
                shape ->
                    shape.size() == first.size()
                        && shape.subList(1, shape.size()).equals(first.subList(1, first.size())));
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    List<List<Integer>> outputs = pathOutputs(input);
    List<Integer> joined = new ArrayList<>(outputs.get(0));
    joined.set(0, outputs.stream().mapToInt(shape -> shape.get(0)).sum());
    return List.copyOf(joined);
  }
}
