package dev.gengap.monitor.report;

import java.math.BigDecimal;

/**
 * A mark on an axis.
 *
 * @param position as a fraction of the axis's length
 * @param label the value in figures
 */
record Tick(double position, String label) {
  /** Powers of ten from and to which values stand in plain figures. */
  private static final int PLAIN_FROM = -3;

  private static final int PLAIN_TO = 4;

  /** {@code value} in plain figures, or as {@code 2e-7} where these would be long. */
  static String label(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal digits = value.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    return exponent >= PLAIN_FROM && exponent <= PLAIN_TO
        ? digits.toPlainString()
        : digits.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }
}
