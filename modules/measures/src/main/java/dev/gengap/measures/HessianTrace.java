package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.measures.api.MeasuredValue;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * The trace of the Hessian: the sum of its diagonal, element by element, for networks of at most
 * 2048 parameters; else by Hutchinson's estimator, the mean of zᵀHz over random vectors z of ±1.
 * Elements are taken in a random order, so that those known when time is over are a sample too.
 * Confined to one thread.
 */
final class HessianTrace {
  /** Up to so many parameters, all elements of the diagonal are computed. */
  static final int MOST_ELEMENTS = 2048;

  private final HessianProduct hessian;
  private final CounterRandom random;
  private final TimeLimit limit;

  /**
   * The trace of {@code hessian}.
   *
   * @param random gives the vectors and the order
   */
  HessianTrace(HessianProduct hessian, CounterRandom random, TimeLimit limit) {
    this.hessian = hessian;
    this.random = random;
    this.limit = limit;
  }

  /** Products that it takes. */
  static int products(int parameters, int samples) {
    return parameters <= MOST_ELEMENTS ? parameters : samples;
  }

  /**
   * The trace, or its estimate.
   *
   * @param id of the numbers taken from the generator, and as many as there are samples after it
   * @param samples random vectors, where it is estimated; ≥ 2
   */
  MeasuredValue value(long id, int samples) {
    int dimension = hessian.dimension();
    if (dimension > MOST_ELEMENTS) {
      return mean(samples, false, i -> probe(id + i));
    }
    int[] order = random.permutation(id, dimension);
    return mean(dimension, true, i -> dimension * element(order[i]));
  }

  /**
   * The mean of {@code samples} numbers, or of those there is time for, at least two.
   *
   * @param all whether the samples are all there is, and not a choice of it
   */
  private MeasuredValue mean(int samples, boolean all, IntToDoubleFunction sample) {
    RunningMean running = new RunningMean();
    int n = 0;
    while (n < samples && (n < 2 || !limit.isOver())) {
      running.add(sample.applyAsDouble(n));
      n++;
    }
    Estimate estimate = running.estimate();
    boolean timeLimited = n < samples;
    if (all && !timeLimited) {
      return MeasuredValue.exact(estimate.mean());
    }
    double left = all ? 1 - (double) n / samples : 1;
    double error = Math.sqrt(left) * estimate.standardError();
    return new MeasuredValue.Scalar(estimate.mean(), OptionalDouble.of(error), timeLimited);
  }

  /** H_ii. */
  private double element(int i) {
    double[] unit = new double[hessian.dimension()];
    unit[i] = 1;
    return hessian.times(unit)[i];
  }

  /** zᵀHz. */
  private double probe(long id) {
    int dimension = hessian.dimension();
    double length = Math.sqrt(dimension);
    double[] unit = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      boolean positive = (random.bits(id, i / Long.SIZE) >>> i & 1) == 0;
      unit[i] = (positive ? 1 : -1) / length;
    }
    return dimension * Vectors.dot(unit, hessian.times(unit));
  }
}
