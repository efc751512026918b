package dev.gengap.network;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A network: the shape of its input, its number of classes, its layers in order. Immutable.
 *
 * @param input (channel, height, width) or (features)
 * @param classes number of classes, the size of the last layer's output
 * @param layers applied in order
 */
public record NetworkSpec(List<Integer> input, int classes, List<LayerSpec> layers) {
  /**
   * Checks that every layer fits its input and that the last gives one number per class.
   *
   * @throws UserError naming the first layer that does not fit
   */
  public NetworkSpec {
    input = List.copyOf(input);
    layers = List.copyOf(layers);
    Optional<Problem> misfit = misfit(input, classes, layers, layer -> "");
    if (misfit.isPresent()) {
      throw new UserError(misfit.get());
    }
  }

  /**
   * The first shape that does not fit, if any: after it, no shape is known.
   *
   * @param place where layer {@code i} is written; −1 stands for the network itself
   */
  static Optional<Problem> misfit(
      List<Integer> input, int classes, List<LayerSpec> layers, IntFunction<String> place) {
    if (input.isEmpty() || elements(input) < 1 || elements(input) > Integer.MAX_VALUE) {
      return Optional.of(
          Problem.of(
              place.apply(-1), "input", input, "sizes ≥ 1, at most 2147483647 numbers in all"));
    }
    List<Integer> shape = input;
    for (int i = 0; i < layers.size(); i++) {
      Optional<Problem> misfit = layers.get(i).misfit(shape);
      if (misfit.isPresent()) {
        return Optional.of(located(misfit.get(), place.apply(i), i));
      }
      shape = layers.get(i).outputShape(shape);
    }
    if (!shape.equals(List.of(classes))) {
      int last = layers.size() - 1;
      Problem output =
          Problem.of("", "output", shape, "[" + classes + "], one number for each class");
      return Optional.of(
          last < 0
              ? new Problem(place.apply(-1), "output", output.value(), output.expected(), "")
              : located(output, place.apply(last), last));
    }
    return Optional.empty();
  }

  /** The shape of one example after layer {@code index}, without the batch. */
  public List<Integer> shapeAfter(int index) {
    List<Integer> shape = input;
    for (int i = 0; i <= index; i++) {
      shape = layers.get(i).outputShape(shape);
    }
    return shape;
  }

  /** The shape of one example that enters layer {@code index}, without the batch. */
  public List<Integer> shapeBefore(int index) {
    return index == 0 ? input : shapeAfter(index - 1);
  }

  /** Every parameter, in the order of the layers, weight before bias. */
  public List<ParameterSpec> parameters() {
    List<ParameterSpec> found = new ArrayList<>();
    List<Integer> shape = input;
    for (int i = 0; i < layers.size(); i++) {
      found.addAll(layers.get(i).parameters(Integer.toString(i), shape));
      shape = layers.get(i).outputShape(shape);
    }
    return List.copyOf(found);
  }

  /** Number of parameters, biases included. */
  public long parameterCount() {
    return parameters().stream().mapToLong(ParameterSpec::size).sum();
  }

  /** Numbers in one input. */
  public int features() {
    return (int) elements(input);
  }

  private static Problem located(Problem misfit, String place, int layer) {
    return new Problem(
        place,
        "layers[" + layer + "] " + misfit.name(),
        misfit.value(),
        misfit.expected(),
        misfit.remedy());
  }

  /** The product of {@code shape}; 0 for sizes below 1, 2³¹ for all products above 2³¹ − 1. */
  private static long elements(List<Integer> shape) {
    long product = 1;
    for (int size : shape) {
      product = Math.min(product * Math.max(size, 0), Integer.MAX_VALUE + 1L);
    }
    return product;
  }
}
