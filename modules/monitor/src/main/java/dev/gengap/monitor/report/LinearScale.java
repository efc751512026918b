package dev.gengap.monitor.report;

import dev.gengap.experiment.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Equal distances for equal differences.
 *
 * @param low value at 0
 * @param high value at 1
 * @param step between ticks, which are its multiples
 */
record LinearScale(double low, double high, BigDecimal step) implements Scale {
  /** Beyond this, differences between values overflow. */
  private static final double LARGEST = 1e300;

  /** Ranges below this part of the values are too narrow for ticks in double precision. */
  private static final double NARROWEST = 1e-9;

  private static final List<Integer> MULTIPLES = List.of(1, 2, 5, 10);

  /** From 0 to {@code high}; to 1 where that is not positive. */
  static LinearScale upTo(double high) {
    double end = high > 1 / LARGEST && high <= LARGEST ? high : 1;
    return new LinearScale(0, end, step(0, end));
  }

  /** From a tick at or below all of {@code values} to one at or above. */
  static LinearScale covering(double[] values) {
    double[] shown = Arrays.stream(values).filter(LinearScale::hasPlace).toArray();
    double min = Arrays.stream(shown).min().orElse(0);
    double max = Arrays.stream(shown).max().orElse(0);
    double size = Math.max(Math.abs(min), Math.abs(max));
    if (size < 1 / LARGEST) {
      return upTo(1);
    }
    if (max - min < NARROWEST * size) {
      min -= size / 10;
      max += size / 10;
    }
    BigDecimal step = step(min, max);
    double low = multiple(min, step, RoundingMode.FLOOR).multiply(step).doubleValue();
    double high = multiple(max, step, RoundingMode.CEILING).multiply(step).doubleValue();
    return new LinearScale(low, high, step);
  }

  @Override
  public boolean shows(double value) {
    return hasPlace(value);
  }

  @Override
  public double position(double value) {
    return Scale.clamp((value - low) / (high - low));
  }

  @Override
  public List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    BigDecimal last = multiple(high, step, RoundingMode.FLOOR);
    for (BigDecimal i = multiple(low, step, RoundingMode.CEILING);
        i.compareTo(last) <= 0;
        i = i.add(BigDecimal.ONE)) {
      BigDecimal value = i.multiply(step);
      ticks.add(new Tick(position(value.doubleValue()), Tick.label(value)));
    }
    return ticks;
  }

  private static boolean hasPlace(double value) {
    return Math.abs(value) <= LARGEST;
  }

  /** The smallest of 1, 2 or 5 times a power of ten that gives at most {@link #TICKS} intervals. */
  private static BigDecimal step(double min, double max) {
    double raw = (max - min) / TICKS;
    int exponent = (int) Math.floor(StrictMath.log10(raw));
    return MULTIPLES.stream()
        .map(m -> BigDecimal.valueOf(m).scaleByPowerOfTen(exponent))
        .filter(step -> step.doubleValue() >= raw)
        .findFirst()
        .orElseThrow();
  }

  private static BigDecimal multiple(double value, BigDecimal step, RoundingMode mode) {
    // The shortest decimal: 0.3 is to be the tick 0.3, not the double a little below it.
    return Decimal.of(value).divide(step, 0, mode);
  }
}
