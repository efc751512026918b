package dev.gengap.measures;

/**
 * The largest p that a Bernoulli divergence allows: kl⁻¹(q | c) = sup {p ≥ q : kl(q ‖ p) ≤ c}, with
 * kl(q ‖ p) = q ln(q/p) + (1−q) ln((1−q)/(1−p)).
 */
final class KlInverse {
  private static final int BISECTIONS = 60;

  private KlInverse() {}

  /**
   * kl⁻¹(q | c).
   *
   * @param q in 0 … 1
   * @param c ≥ 0
   */
  static double of(double q, double c) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("q: " + q + " (expected: 0 … 1)");
    }
    if (!(c >= 0)) {
      throw new IllegalArgumentException("c: " + c + " (expected: >= 0)");
    }
    if (q == 0) {
      return -StrictMath.expm1(-c);
    }
    double low = q;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (divergence(q, middle) > c) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /** kl(q ‖ p) for 0 &lt; q ≤ p ≤ 1. */
  private static double divergence(double q, double p) {
    double right = q * StrictMath.log(q / p);
    return q == 1 ? right : right + (1 - q) * StrictMath.log((1 - q) / (1 - p));
  }
}
