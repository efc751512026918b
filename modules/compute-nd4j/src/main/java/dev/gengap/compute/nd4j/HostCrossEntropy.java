package dev.gengap.compute.nd4j;

import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.SoftmaxCrossEntropy;

/**
 * Softmax cross-entropy in Java: a batch has few logits, and ND4J's launches would cost more than
 * the work. Its bits do not depend on the number of threads.
 */
final class HostCrossEntropy implements CrossEntropy {
  private final Nd4jTensor logits;
  private final Nd4jTensor gradient;
  private final int classes;
  private final SoftmaxCrossEntropy softmax;
  private final double[] values;
  private final double[] gradients;
  private final double[] losses;
  private double lossSum;
  private int correct;

  HostCrossEntropy(Nd4jTensor logits, Nd4jTensor gradient) {
    if (!logits.shape().equals(gradient.shape())) {
      throw new IllegalArgumentException(
          "gradient: " + gradient.shape() + " (expected: " + logits.shape() + ")");
    }
    this.logits = logits;
    this.gradient = gradient;
    this.classes = logits.columns();
    this.softmax = new SoftmaxCrossEntropy(classes);
    this.values = new double[logits.size()];
    this.gradients = new double[logits.size()];
    this.losses = new double[logits.rows()];
  }

  @Override
  public void run(int[] labels) {
    if (labels.length < losses.length) {
      throw new IllegalArgumentException(
          "labels: " + labels.length + " (expected: one for each of " + losses.length + " rows)");
    }
    logits.read(values, values.length);
    lossSum = 0;
    correct = 0;
    for (int row = 0; row < losses.length; row++) {
      int label = labels[row];
      losses[row] = softmax.loss(values, row * classes, label);
      lossSum += losses[row];
      correct += softmax.predicted() == label ? 1 : 0;
      for (int k = 0; k < classes; k++) {
        double target = k == label ? 1 : 0;
        gradients[row * classes + k] = (softmax.probability(k) - target) / losses.length;
      }
    }
    gradient.write(gradients, gradients.length);
  }

  @Override
  public double lossSum() {
    return lossSum;
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
