package dev.gengap.measures;

/**
 * Bounds on the expected 0-1 error of a randomised classifier that hold with probability 1 − δ over
 * n examples drawn independently.
 */
enum PacBayesBound {
  /** With the square root of the empirical error, which fades when there is none. */
  STRONG("strong", "L̂ + √(L̂K) + K, K = 2(KL + ln(2n/δ))/(n−1)", Sources.NEYSHABUR_2017) {
    @Override
    double of(Evidence on) {
      double k = 2 * (on.divergence + on.lnInverseDelta(2 * on.n)) / (on.n - 1);
      return on.error + Math.sqrt(on.error * k) + k;
    }
  },
  /** The simplest. */
  WEAK("weak", "L̂ + 4√((KL + ln(2n/δ))/n)", Sources.NEYSHABUR_2017) {
    @Override
    double of(Evidence on) {
      return on.error + 4 * Math.sqrt((on.divergence + on.lnInverseDelta(2 * on.n)) / on.n);
    }
  },
  /** McAllester's with Maurer's constant. */
  MCALLESTER("mcallester", "L̂ + √((KL + ln(2√n/δ))/2n)", Sources.MAURER_2004) {
    @Override
    double of(Evidence on) {
      double k = on.divergence + on.lnInverseDelta(2 * Math.sqrt(on.n));
      return on.error + Math.sqrt(k / (2 * on.n));
    }
  },
  /** McAllester's own. */
  MCALLESTER_1999("mcallester_1999", "L̂ + √((KL + ln(n/δ))/2(n−1))", Sources.MCALLESTER_1999) {
    @Override
    double of(Evidence on) {
      return on.error + Math.sqrt((on.divergence + on.lnInverseDelta(on.n)) / (2 * (on.n - 1)));
    }
  },
  /** The tightest of these, in general. */
  KL_INVERSE("kl_inverse", "kl⁻¹(L̂ | (KL + ln(2√n/δ))/n)", Sources.MAURER_2004) {
    @Override
    double of(Evidence on) {
      double k = on.divergence + on.lnInverseDelta(2 * Math.sqrt(on.n));
      return KlInverse.of(on.error, k / on.n);
    }
  };

  private final String key;
  private final String formula;
  private final String source;

  PacBayesBound(String key, String formula, String source) {
    this.key = key;
    this.formula = formula;
    this.source = source;
  }

  /** The bound; above 1 it says nothing. */
  abstract double of(Evidence evidence);

  /** Its name among keys of measures. */
  String key() {
    return key;
  }

  /** In plain text. */
  String formula() {
    return formula;
  }

  /** The paper it comes from. */
  String source() {
    return source;
  }

  /**
   * What a bound is computed from.
   *
   * @param error empirical error of the randomised classifier L̂, in 0 … 1
   * @param divergence KL(posterior ‖ prior)
   * @param n number of examples
   * @param delta δ
   */
  record Evidence(double error, double divergence, double n, double delta) {
    private double lnInverseDelta(double times) {
      return StrictMath.log(times / delta);
    }
  }
}
