package dev.gengap.network;

/** What runs networks in double precision. Confined to one thread. */
public interface NetworkRuntime {
  /** Runs networks of {@code spec} forward in evaluation mode. Caller closes. */
  Evaluator evaluator(NetworkSpec spec);

  /**
   * Runs networks of {@code spec}, which has neither batch norm nor dropout, forward and backward.
   * Caller closes.
   */
  Differentiator differentiator(NetworkSpec spec);
}
