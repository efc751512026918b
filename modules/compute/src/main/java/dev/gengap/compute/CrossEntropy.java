package dev.gengap.compute;

/**
 * A prepared softmax cross-entropy over the rows of its logits z: −ln softmax(z)[label] for each
 * row, and the gradient of their mean. Confined to the workspace's thread.
 */
public interface CrossEntropy {
  /**
   * Computes losses and gradient for {@code labels}, one for each row of the logits.
   *
   * @throws IllegalArgumentException if there are fewer labels than rows, or one is not a class
   */
  void run(int[] labels);

  /** Sum over the rows of the last run's losses [nats]. */
  double lossSum();

  /** Number of rows of the last run whose largest logit (the first, in a tie) is the label's. */
  int correct();

  /** Copies the last run's losses [nats], one for each row. */
  void readLosses(double[] into);
}
