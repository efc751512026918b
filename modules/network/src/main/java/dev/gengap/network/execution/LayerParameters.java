package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Tensor;
import java.util.Optional;

/**
 * The parameters of one layer, by their names within it.
 *
 * @param layer its name within the network: {@code 4.1.0}
 * @param weights of the network
 * @param target what receives the gradients; empty where nothing learns
 */
record LayerParameters(String layer, ParameterTensors weights, Optional<GradientTarget> target) {

  /** The values of {@code parameter}. */
  Tensor value(String parameter) {
    return weights.get(layer + "." + parameter);
  }

  /** Where the gradient of {@code parameter} goes. */
  Accumulator gradient(String parameter) {
    GradientTarget learning = target.orElseThrow();
    return new Accumulator(learning.gradients().get(layer + "." + parameter), learning.keep());
  }
}
