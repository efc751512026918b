package dev.gengap.measures;

/**
 * A mean of independent samples.
 *
 * @param standardError of the mean; 0 of what was not sampled
 */
record Estimate(double mean, double standardError) {
  /** An exact number. */
  static Estimate exact(double value) {
    return new Estimate(value, 0);
  }

  /** The same above {@code exact}. */
  Estimate minus(double exact) {
    return new Estimate(mean - exact, standardError);
  }

  /** Whether it lies more than {@code errors} standard errors from {@code value}. */
  boolean isClearOf(double value, double errors) {
    return Math.abs(mean - value) > errors * standardError;
  }
}
