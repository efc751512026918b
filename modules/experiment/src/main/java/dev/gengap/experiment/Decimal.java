package dev.gengap.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * Doubles as the shortest decimal that reads back as the same double. {@link Double#toString} gives
 * different digits on different Java versions; ids and result files must not.
 */
public final class Decimal {
  private static final int MOST_DIGITS = 17;

  private Decimal() {}

  /**
   * The shortest decimal equal to {@code value}.
   *
   * @throws IllegalArgumentException if {@code value} is not finite
   */
  public static BigDecimal of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("value: " + value + " (expected: a finite number)");
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == value) {
        return tidy(rounded);
      }
    }
    return tidy(exact.round(new MathContext(MOST_DIGITS)));
  }

  /** {@code value} in that form, or {@code NaN}, {@code Infinity}, {@code -Infinity}. */
  public static String text(double value) {
    return Double.isFinite(value) ? of(value).toString() : Double.toString(value);
  }

  /** The finite double written as {@code text}; empty if there is none. */
  public static Optional<Double> parse(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Without trailing zeros, and in plain digits wherever BigDecimal would otherwise write 1E+2. */
  private static BigDecimal tidy(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    boolean shortInteger = stripped.scale() < 0 && stripped.precision() - stripped.scale() <= 9;
    return shortInteger ? stripped.setScale(0) : stripped;
  }
}
