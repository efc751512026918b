package dev.gengap.network.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One layer of the network language: how it is written, the shapes it accepts and gives, the
 * tensors it has. Shapes are those of one example, without the batch: (channel, height, width) or
 * (features). Immutable.
 */
public sealed interface LayerSpec
    permits Linear,
        Conv2d,
        MaxPool2d,
        AvgPool2d,
        BatchNorm,
        LayerNorm,
        LocalResponseNorm,
        Dropout,
        Branching,
        Relu,
        LeakyRelu,
        Tanh,
        Gelu,
        Flatten {

  /** The name of the layer's type in the network language: {@code linear}. */
  String type();

  /** What is written beside the type, every option named, in canonical order. */
  default Map<String, Object> options() {
    return Map.of();
  }

  /** Type and options as numbers, words, lists and maps, in canonical order. */
  default Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", type());
    fields.putAll(options());
    return fields;
  }

  /** Why the layer cannot take an example of shape {@code input}; empty if it can. */
  default Optional<Misfit> misfit(List<Integer> input) {
    return Optional.empty();
  }

  /** The shape of one example after the layer, for an {@code input} that fits. */
  default List<Integer> outputShape(List<Integer> input) {
    return input;
  }

  /**
   * All named tensors of the layer, statistics included, weight before bias, for an {@code input}
   * that fits.
   *
   * @param name of the layer within the network: {@code 3}, {@code 4.1.0}
   */
  default List<ParameterSpec> parameters(String name, List<Integer> input) {
    return List.of();
  }

  /**
   * Products of a weight with an input that one example takes forward, for an {@code input} that
   * fits: those of linear and convolutional layers, beside which the rest is small.
   */
  default long multiplyAdds(List<Integer> input) {
    return 0;
  }
}
