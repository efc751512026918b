package dev.gengap.network;

import dev.gengap.data.Examples;

/**
 * Runs a network forward in evaluation mode. Confined to the thread that made it. Caller closes.
 */
public interface Evaluator extends AutoCloseable {
  /**
   * The network's outputs under {@code weights} for all {@code examples}: (example, class),
   * row-major.
   */
  double[] logits(Weights weights, Examples examples);

  @Override
  void close();
}
