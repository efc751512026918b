package dev.gengap.measures.api;

/**
 * What a network is given: the inputs x of a set of examples, preprocessed, in the order of its
 * {@link Outputs}. Each is made when asked for: the set never stands in memory as a whole.
 *
 * <p>Confined to the measure's thread.
 */
public interface Inputs {
  /** Number of examples. */
  int size();

  /** Numbers in one input. */
  int features();

  /**
   * Writes the input of {@code example}, row-major (channel, height, width).
   *
   * @param into at least {@link #features} numbers, overwritten from its start
   * @throws IndexOutOfBoundsException if there is no such example
   */
  void copy(int example, double[] into);
}
