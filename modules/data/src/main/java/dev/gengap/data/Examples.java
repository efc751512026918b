package dev.gengap.data;

/**
 * Examples ready for a network: preprocessed inputs and labels, made on demand so that a whole set
 * never has to stand in memory as floats. Implementations are immutable and safe for any thread.
 */
public interface Examples {
  /** Number of examples. */
  int size();

  /** Numbers in one input: channel · height · width. */
  int features();

  /** The label of example {@code index}, in 0 … K−1. */
  int label(int index);

  /**
   * Writes the inputs of examples {@code from} … {@code from + count − 1} into {@code into},
   * row-major (count, channel, height, width), from its start.
   */
  void copyInputs(int from, int count, float[] into);
}
