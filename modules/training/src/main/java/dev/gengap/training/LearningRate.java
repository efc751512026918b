package dev.gengap.training;

import java.util.List;

/**
 * The learning rate, a function of the epoch alone: lr(e) = initial · decayPerEpochᵉ · factorᵏ,
 * where e counts from 0 and k is how many of the steps are at or below e.
 *
 * @param initial lr of the first epoch, before any step; &gt; 0
 * @param decayPerEpoch factor after each epoch, in (0, 1]; 1: none
 * @param steps epochs done when the rate falls by {@code factor}, each &gt; 0; empty: none
 * @param factor of each step, in (0, 1]
 */
public record LearningRate(
    double initial, double decayPerEpoch, List<Integer> steps, double factor) {
  public LearningRate {
    steps = List.copyOf(steps);
  }

  /** The same rate in every epoch. */
  public static LearningRate constant(double rate) {
    return decaying(rate, 1);
  }

  /** A rate that falls by {@code decayPerEpoch} after each epoch. */
  public static LearningRate decaying(double initial, double decayPerEpoch) {
    return new LearningRate(initial, decayPerEpoch, List.of(), 1);
  }

  /** The learning rate of every minibatch of {@code epoch}, counted from 0. */
  public double at(long epoch) {
    double rate = initial * Math.pow(decayPerEpoch, (double) epoch);
    for (int step : steps) {
      rate *= step <= epoch ? factor : 1;
    }
    return rate;
  }
}
