package dev.gengap.measures;

import java.util.function.DoubleUnaryOperator;

/** Standard deviations of Gaussian perturbations, as functions of the parameter perturbed. */
final class Deviations {
  /** ε of the magnitude-aware perturbations of Jiang et al. 2020. */
  static final double EPSILON = 1e-3;

  private Deviations() {}

  /** σ, whatever the parameter. */
  static DoubleUnaryOperator isotropic(double sigma) {
    return parameter -> sigma;
  }

  /** α(10|w|+1), of Neyshabur et al. 2017. */
  static DoubleUnaryOperator neyshabur(double alpha) {
    return parameter -> alpha * (10 * Math.abs(parameter) + 1);
  }

  /** √(σ²w² + ε²), of Jiang et al. 2020. */
  static DoubleUnaryOperator magnitudeAware(double sigma) {
    return parameter -> Math.sqrt(sigma * sigma * parameter * parameter + EPSILON * EPSILON);
  }
}
