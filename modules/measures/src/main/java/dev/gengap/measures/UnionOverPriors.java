package dev.gengap.measures;

import dev.gengap.measures.api.Setting;

/**
 * The bound of Dziugaite & Roy 2017 for priors N(w⁰, λ I): a union over λ_j = c e^{−j/b}, j = 1, 2,
 * …, with b = 100 and c = 0.1, of which it takes the best, and a correction for the error having
 * been sampled.
 *
 * @param posterior around the parameters, its distance that from w⁰
 * @param n number of examples
 * @param delta of {@link Setting#DELTA}, of which 5/7 goes to the union and 2/7 to the correction,
 *     as 0.025 and 0.01 in the paper
 */
record UnionOverPriors(DiagonalGaussian posterior, double n, double delta) {
  private static final double B = 100;
  private static final double C = 0.1;
  private static final double SHARE_OF_UNION = 5.0 / 7;

  /**
   * kl⁻¹(kl⁻¹(L̂ | ln(2/δ′)/M) | min_j (KL_j + 2 ln j + ln(π²n/6δ))/(n−1)).
   *
   * @param error mean 0-1 error L̂ of the samples
   * @param samples independent ones, M
   */
  double bound(double error, int samples) {
    double deltaOfSampling = (1 - SHARE_OF_UNION) * delta;
    double corrected = KlInverse.of(error, StrictMath.log(2 / deltaOfSampling) / samples);
    return KlInverse.of(corrected, complexity());
  }

  /** The smallest right-hand side over all priors. */
  private double complexity() {
    double deltaOfUnion = SHARE_OF_UNION * delta;
    double confidence = StrictMath.log(Math.PI * Math.PI * n / (6 * deltaOfUnion));
    double least = Double.POSITIVE_INFINITY;
    for (int j = 1; j <= most(); j++) {
      double divergence = posterior.divergenceFrom(C * StrictMath.exp(-j / B));
      least = Math.min(least, divergence + 2 * StrictMath.log(j));
    }
    return (least + confidence) / (n - 1);
  }

  /** Above it the divergence rises, as 2 ln j does everywhere. */
  private int most() {
    double best = (posterior.varianceSum() + posterior.squaredDistance()) / posterior.size();
    return Math.max(1, (int) Math.ceil(B * StrictMath.log(C / best)));
  }
}
