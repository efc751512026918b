package dev.gengap.measures;

import java.util.Optional;

/**
 * The density x^−α, x ≥ xmin, that fits the upper tail of numbers best (Clauset, Shalizi & Newman
 * 2009, arXiv 0706.1062): α is the likeliest for an xmin, and xmin the one of the numbers that
 * makes the distance of Kolmogorov and Smirnov smallest.
 *
 * @param alpha α, &gt; 1
 * @param distance the largest difference of the distribution functions, in 0 … 1
 */
record PowerLaw(double alpha, double distance) {

  /**
   * The best fit.
   *
   * @param sorted numbers &gt; 0, the smallest first
   * @return nothing where there are no two that differ
   */
  static Optional<PowerLaw> fit(double[] sorted) {
    double[] logs = new double[sorted.length];
    double sum = 0;
    for (int i = 0; i < logs.length; i++) {
      logs[i] = StrictMath.log(sorted[i]);
      sum += logs[i];
    }
    PowerLaw best = null;
    for (int first = 0; first < logs.length; first++) {
      if (logs[first] == logs[logs.length - 1]) {
        break;
      }
      PowerLaw fit = from(first, logs, sum);
      if (best == null || fit.distance < best.distance) {
        best = fit;
      }
      sum -= logs[first];
    }
    return Optional.ofNullable(best);
  }

  /**
   * @param sum of the logarithms from {@code first} on
   */
  private static PowerLaw from(int first, double[] logs, double sum) {
    int n = logs.length - first;
    double slope = n / (sum - n * logs[first]); // α − 1
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double expected = 1 - StrictMath.exp(-slope * (logs[first + i] - logs[first]));
      distance = Math.max(distance, Math.abs((double) i / n - expected));
    }
    return new PowerLaw(1 + slope, distance);
  }
}
