package dev.gengap.network.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Layers applied one after the other: those of a network, or of one path of a layer that branches.
 * Immutable.
 */
public record Sequential(List<LayerSpec> layers) {
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Why the first layer that cannot take what reaches it cannot; its path begins {@code [i]}. */
  public Optional<Misfit> misfit(List<Integer> input) {
    List<Integer> shape = input;
    for (int i = 0; i < layers.size(); i++) {
      Optional<Misfit> misfit = layers.get(i).misfit(shape);
      if (misfit.isPresent()) {
        return Optional.of(misfit.get().within("[" + i + "]"));
      }
      shape = layers.get(i).outputShape(shape);
    }
    return Optional.empty();
  }

  /** The shape of one example that enters each layer, and of what leaves the last. */
  public List<List<Integer>> shapes(List<Integer> input) {
    List<List<Integer>> shapes = new ArrayList<>(List.of(input));
    for (LayerSpec layer : layers) {
      shapes.add(layer.outputShape(shapes.get(shapes.size() - 1)));
    }
    return List.copyOf(shapes);
  }

  /** The shape of one example after all layers. */
  public List<Integer> outputShape(List<Integer> input) {
    return shapes(input).get(layers.size());
  }

  /**
   * All named tensors, in the order of the layers.
   *
   * @param prefix of their names: {@code 4.1.}, or nothing
   */
  public List<ParameterSpec> parameters(String prefix, List<Integer> input) {
    List<List<Integer>> shapes = shapes(input);
    List<ParameterSpec> found = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      found.addAll(layers.get(i).parameters(prefix + i, shapes.get(i)));
    }
    return List.copyOf(found);
  }

  /** Products of a weight with an input that one example takes forward. */
  public long multiplyAdds(List<Integer> input) {
    List<List<Integer>> shapes = shapes(input);
    long total = 0;
    for (int i = 0; i < layers.size(); i++) {
      total += layers.get(i).multiplyAdds(shapes.get(i));
    }
    return total;
  }
}
