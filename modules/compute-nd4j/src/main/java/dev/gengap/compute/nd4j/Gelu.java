package dev.gengap.compute.nd4j;

/** x·Φ(x) and its derivative, with the error function by Cody's rational approximations. */
@SuppressWarnings("FloatingPointLiteralPrecision") // coefficients as published
final class Gelu {
  private static final double SQRT_PI = Math.sqrt(Math.PI);

  // W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969).
  private static final double[] SMALL_OVER = {
    1.85777706184603153e-1,
    3.16112374387056560e0,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3
  };
  private static final double[] SMALL_UNDER = {
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };
  private static final double[] MIDDLE_OVER = {
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e0,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3
  };
  private static final double[] MIDDLE_UNDER = {
    1,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3
  };
  private static final double[] LARGE_OVER = {
    1.63153871373020978e-2,
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4
  };
  private static final double[] LARGE_UNDER = {
    1,
    2.56852019228982242e0,
    1.87295284992346047e0,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3
  };

  private Gelu() {}

  static double of(double x) {
    return x * normal(x);
  }

  /** Φ(x) + x·φ(x). */
  static double derivative(double x) {
    return normal(x) + x * StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** Φ(x) = erfc(−x/√2)/2. */
  private static double normal(double x) {
    return complementaryError(-x / Math.sqrt(2)) / 2;
  }

  /** erfc(x) = 1 − erf(x), to about the precision of a double. */
  static double complementaryError(double x) {
    double size = Math.abs(x);
    if (size <= 0.46875) {
      return 1 - x * ratio(SMALL_OVER, SMALL_UNDER, x * x);
    }
    double tail = StrictMath.exp(-x * x) * (size <= 4 ? middle(size) : large(size));
    return x < 0 ? 2 - tail : tail;
  }

  private static double middle(double x) {
    return ratio(MIDDLE_OVER, MIDDLE_UNDER, x);
  }

  private static double large(double x) {
    double z = 1 / (x * x);
    return (1 / SQRT_PI - z * ratio(LARGE_OVER, LARGE_UNDER, z)) / x;
  }

  /** The quotient of two polynomials whose highest power comes first. */
  private static double ratio(double[] over, double[] under, double x) {
    return polynomial(over, x) / polynomial(under, x);
  }

  private static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (double coefficient : coefficients) {
      value = value * x + coefficient;
    }
    return value;
  }
}
