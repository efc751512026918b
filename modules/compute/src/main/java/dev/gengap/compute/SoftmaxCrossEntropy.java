package dev.gengap.compute;

/**
 * Softmax cross-entropy of one example at a time, on the host, in double: −ln softmax(z)[label],
 * with the largest logit subtracted first so that nothing overflows. Holds the last example's
 * results. Not safe for several threads.
 */
public final class SoftmaxCrossEntropy {
  private final double[] exponentials;
  private double sum;
  private int predicted;

  /**
   * For {@code classes} classes.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SoftmaxCrossEntropy(int classes) {
    if (classes <= 0) {
      throw new IllegalArgumentException("classes: " + classes + " (expected: > 0)");
    }
    exponentials = new double[classes];
  }

  /**
   * The loss [nats] of the logits {@code values[offset]} … {@code values[offset + K − 1]}; NaN if
   * one of them is.
   *
   * @throws IllegalArgumentException if {@code label} is not a class
   */
  public double loss(double[] values, int offset, int label) {
    if (label < 0 || label >= exponentials.length) {
      throw new IllegalArgumentException(
          "label: " + label + " (expected: 0 … " + (exponentials.length - 1) + ")");
    }
    predicted = 0;
    for (int k = 1; k < exponentials.length; k++) {
      if (values[offset + k] > values[offset + predicted]) {
        predicted = k;
      }
    }
    double largest = values[offset + predicted];
    sum = 0;
    for (int k = 0; k < exponentials.length; k++) {
      exponentials[k] = StrictMath.exp(values[offset + k] - largest);
      sum += exponentials[k];
    }
    return StrictMath.log(sum) + (largest - values[offset + label]);
  }

  /** The last example's softmax for class {@code k}. */
  public double probability(int k) {
    return exponentials[k] / sum;
  }

  /** The class of the last example's largest logit, the first in a tie. */
  public int predicted() {
    return predicted;
  }
}
