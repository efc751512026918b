package dev.gengap.network.execution;

import java.util.List;
import java.util.Optional;

/**
 * What passes between two layers.
 *
 * @param shape of one example: (features) or (channel, height, width)
 * @param values activations
 * @param gradient of the loss with respect to them; empty where nothing learns from it
 * @param shared whether several layers may read the values
 * @param kept whether the layer that made the values reads them again for its gradient
 */
record Signal(
    List<Integer> shape, Buffer values, Optional<Buffer> gradient, boolean shared, boolean kept) {

  /** The same, read by several layers. */
  Signal asShared() {
    return new Signal(shape, values, gradient, true, kept);
  }

  /** The same with another gradient. */
  Signal withGradient(Buffer other) {
    return new Signal(shape, values, Optional.of(other), shared, kept);
  }

  /** The same numbers as one vector for each example. */
  Signal flattened() {
    return new Signal(List.of(elements()), values, gradient, shared, kept);
  }

  /** Whether the one layer that reads the values may put its own in their place. */
  boolean replaceable() {
    return !shared && !kept;
  }

  /** Numbers in one example. */
  int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }
}
