package dev.gengap.measures;

/**
 * The measures that Jiang et al. 2020 make of PAC-Bayes bounds, with 10 in place of the bounds'
 * terms that hardly vary.
 *
 * @param parameters number of them, ω
 * @param examples number of them, m
 * @param scale σ or α of the perturbations that the network withstands
 */
record FlatnessBounds(double parameters, double examples, double scale) {
  /** ‖r‖²/4s² + ln(m/s) + 10. */
  double gaussian(double[] reach) {
    return Vectors.dot(reach, reach) / (4 * scale * scale) + rest();
  }

  /** ‖r‖² ln(2ω)/4s² + ln(m/s) + 10. */
  double worstCase(double[] reach) {
    return Vectors.dot(reach, reach) * StrictMath.log(2 * parameters) / (4 * scale * scale)
        + rest();
  }

  /**
   * ¼ Σ ln((ε² + (s²+1)‖r‖²/ω)/(ε² + s² d_i²)) + ln(m/s) + 10.
   *
   * @param reach r
   * @param denominators d
   */
  double gaussianByMagnitude(double[] reach, double[] denominators) {
    return byMagnitude(scale * scale + 1, reach, denominators);
  }

  /** The same with s² + 4 ln(2ω/δ) in place of s² + 1. */
  double worstCaseByMagnitude(double[] reach, double[] denominators, double delta) {
    return byMagnitude(
        scale * scale + 4 * StrictMath.log(2 * parameters / delta), reach, denominators);
  }

  private double byMagnitude(double factor, double[] reach, double[] denominators) {
    double floor = Deviations.EPSILON * Deviations.EPSILON;
    double numerator = floor + factor * Vectors.dot(reach, reach) / parameters;
    double sum = 0;
    for (double denominator : denominators) {
      double square = scale * denominator * scale * denominator;
      sum += StrictMath.log(numerator / (floor + square));
    }
    return sum / 4 + rest();
  }

  private double rest() {
    return StrictMath.log(examples / scale) + 10;
  }
}
