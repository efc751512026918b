package dev.gengap.training;

/**
 * Settings of stochastic gradient descent: v ← m·v + (g + wd·w), w ← w − lr·v for every parameter.
 *
 * @param batchSize examples in a full minibatch, &gt; 0
 * @param learningRate lr in the first epoch, &gt; 0
 * @param momentum m, in [0, 1)
 * @param weightDecay wd, ≥ 0
 * @param decayPerEpoch factor on lr after each epoch, in (0, 1]; 1 keeps it constant
 */
public record Hyperparameters(
    int batchSize, double learningRate, double momentum, double weightDecay, double decayPerEpoch) {

  /** The learning rate of every step of {@code epoch}, counted from 0. */
  public double learningRate(long epoch) {
    return learningRate * Math.pow(decayPerEpoch, (double) epoch);
  }
}
