package dev.gengap.compute.reference;

import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.SoftmaxCrossEntropy;
import java.util.Arrays;

/** Softmax cross-entropy, row by row. */
final class ReferenceCrossEntropy implements CrossEntropy {
  private final ReferenceTensor logits;
  private final ReferenceTensor gradient;
  private final double[] losses;
  private int correct;

  ReferenceCrossEntropy(ReferenceTensor logits, ReferenceTensor gradient) {
    this.logits = logits;
    this.gradient = gradient;
    losses = new double[logits.rows()];
  }

  @Override
  public void run(int[] labels) {
    int classes = logits.columns();
    if (labels.length < losses.length) {
      throw new IllegalArgumentException(
          "labels: " + labels.length + " (expected: " + losses.length + ")");
    }
    SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(classes);
    correct = 0;
    for (int i = 0; i < losses.length; i++) {
      losses[i] = softmax.loss(logits.toArray(), i * classes, labels[i]);
      correct += softmax.predicted() == labels[i] ? 1 : 0;
      for (int k = 0; k < classes; k++) {
        double error = softmax.probability(k) - (k == labels[i] ? 1 : 0);
        gradient.set(i * classes + k, error / losses.length);
      }
    }
  }

  @Override
  public double lossSum() {
    return Arrays.stream(losses).sum();
  }

  @Override
  public int correct() {
    return correct;
  }

  @Override
  public void readLosses(double[] into) {
    System.arraycopy(losses, 0, into, 0, losses.length);
  }
}
