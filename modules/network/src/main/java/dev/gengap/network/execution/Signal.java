package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import java.util.Optional;

/**
 * What passes between two layers.
 *
 * @param values activations: (batch, feature)
 * @param gradient of the loss with respect to them, shaped alike; empty where nothing learns from
 *     it
 */
record Signal(Tensor values, Optional<Tensor> gradient) {

  /** The same for a batch of only {@code rows} examples. */
  Signal firstRows(int rows) {
    return new Signal(values.firstRows(rows), gradient.map(g -> g.firstRows(rows)));
  }
}
