package dev.gengap.network;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Misfit;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.Sequential;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A network: the shape of its input, its number of classes, its layers in order. Immutable.
 *
 * @param input (channel, height, width) or (features)
 * @param classes number of classes, the size of the last layer's output
 * @param layers applied in order
 */
public record NetworkSpec(List<Integer> input, int classes, List<LayerSpec> layers) {
  private static final String LAYERS = "layers";

  /**
   * Checks that every layer fits its input and that the last gives one number per class.
   *
   * @throws UserError naming the first layer that does not fit
   */
  public NetworkSpec {
    input = List.copyOf(input);
    layers = List.copyOf(layers);
    Optional<Problem> misfit = misfit(input, classes, layers, path -> "");
    if (misfit.isPresent()) {
      throw new UserError(misfit.get());
    }
  }

  /**
   * The first shape that does not fit, if any: after it, no shape is known.
   *
   * @param place where the layer at a path such as {@code layers[3].paths[1][0]} is written; the
   *     empty path stands for the network itself
   */
  static Optional<Problem> misfit(
      List<Integer> input, int classes, List<LayerSpec> layers, UnaryOperator<String> place) {
    if (input.isEmpty() || elements(input) < 1 || elements(input) > Integer.MAX_VALUE) {
      return Optional.of(
          Problem.of(
              place.apply(""), "input", input, "sizes ≥ 1, at most 2147483647 numbers in all"));
    }
    Sequential chain = new Sequential(layers);
    Optional<Misfit> misfit = chain.misfit(input);
    if (misfit.isPresent()) {
      return Optional.of(located(misfit.get().within(LAYERS), place));
    }
    List<Integer> output = chain.outputShape(input);
    if (output.equals(List.of(classes))) {
      return Optional.empty();
    }
    Problem wrong =
        Problem.of(
            place.apply(""), "output", output, "[" + classes + "], one number for each class");
    String last = LAYERS + "[" + (layers.size() - 1) + "]";
    return Optional.of(layers.isEmpty() ? wrong : located(new Misfit(last, wrong), place));
  }

  /** The shape of one example after layer {@code index}, without the batch. */
  public List<Integer> shapeAfter(int index) {
    return chain().shapes(input).get(index + 1);
  }

  /** The shape of one example that enters layer {@code index}, without the batch. */
  public List<Integer> shapeBefore(int index) {
    return chain().shapes(input).get(index);
  }

  /** Every parameter that is trained, in the order of the layers, weight before bias. */
  public List<ParameterSpec> parameters() {
    return tensors().stream().filter(tensor -> tensor.role().trainable()).toList();
  }

  /**
   * Every named tensor, in the order of the layers: the parameters and, where their layers have
   * them, the statistics. What {@link Weights} holds and snapshots carry.
   */
  public List<ParameterSpec> tensors() {
    return chain().parameters("", input);
  }

  /** Numbers that are trained, biases, scales and shifts included. */
  public long parameterCount() {
    return parameters().stream().mapToLong(ParameterSpec::size).sum();
  }

  /** Numbers in a snapshot: those that are trained, and the statistics. */
  public long stateCount() {
    return tensors().stream().mapToLong(ParameterSpec::size).sum();
  }

  /** Products of a weight with an input that one example takes forward. */
  public long multiplyAdds() {
    return chain().multiplyAdds(input);
  }

  /** Numbers in one input. */
  public int features() {
    return (int) elements(input);
  }

  private Sequential chain() {
    return new Sequential(layers);
  }

  private static Problem located(Misfit misfit, UnaryOperator<String> place) {
    Problem problem = misfit.problem();
    return new Problem(
        place.apply(misfit.path()),
        misfit.path() + " " + problem.name(),
        problem.value(),
        problem.expected(),
        problem.remedy());
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
