package dev.gengap.network.layer;

import java.util.List;

/**
 * A named tensor of a network: a parameter that is trained, or a statistic that training leaves.
 *
 * @param name as nested sequential containers name it: {@code 3.weight}, {@code 4.1.0.weight}
 * @param shape weights are (out, in) or (out, in, kernel height, kernel width), biases (out)
 * @param fanIn inputs of one unit of the layer it belongs to; 1 for normalisations
 * @param fanOut outputs that one input of that layer reaches: units, times the size of the kernel;
 *     1 for normalisations
 * @param role what it is to its layer
 */
public record ParameterSpec(String name, List<Integer> shape, int fanIn, int fanOut, Role role) {
  /** What a tensor is to its layer. */
  public enum Role {
    /** Of a linear or convolutional layer. */
    WEIGHT,
    /** Of a linear or convolutional layer. */
    BIAS,
    /** γ of a normalisation. */
    SCALE,
    /** β of a normalisation. */
    SHIFT,
    /** Mean of the batches seen in training. */
    RUNNING_MEAN,
    /** Variance of the batches seen in training. */
    RUNNING_VARIANCE;

    /** Whether an optimiser moves it. */
    public boolean trainable() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }
  }

  public ParameterSpec {
    shape = List.copyOf(shape);
  }

  /** Number of elements. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
