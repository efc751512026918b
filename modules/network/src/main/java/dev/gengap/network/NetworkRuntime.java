package dev.gengap.network;

import dev.gengap.compute.Precision;

/** What runs networks. Confined to one thread. */
public interface NetworkRuntime {
  /** Runs networks of {@code spec} forward in evaluation mode, in float64. Caller closes. */
  Evaluator evaluator(NetworkSpec spec);

  /**
   * Runs networks of {@code spec}, which has neither batch norm nor dropout, forward and backward.
   * Caller closes.
   *
   * @param precision of all that is computed on the device; sums over examples are of doubles
   */
  Differentiator differentiator(NetworkSpec spec, Precision precision);
}
