package dev.gengap.measures;

/**
 * What of a Gaussian with a diagonal covariance its divergence from an isotropic one depends on.
 *
 * @param size number of dimensions k
 * @param squaredDistance between the two means
 * @param varianceSum Σ s_i²
 * @param lnVarianceSum Σ ln s_i²
 */
record DiagonalGaussian(
    double size, double squaredDistance, double varianceSum, double lnVarianceSum) {

  /** The one with all variances {@code variance}. */
  static DiagonalGaussian isotropic(int size, double squaredDistance, double variance) {
    return new DiagonalGaussian(
        size, squaredDistance, size * variance, size * StrictMath.log(variance));
  }

  /** KL(this ‖ N(other mean, λ I)) = ½ (Σ s_i²/λ + ‖·‖²/λ − k + k ln λ − Σ ln s_i²). */
  double divergenceFrom(double lambda) {
    return ((varianceSum + squaredDistance) / lambda
            - size
            + size * StrictMath.log(lambda)
            - lnVarianceSum)
        / 2;
  }
}
