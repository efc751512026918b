package dev.gengap.monitor.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Equal distances for equal ratios, from one of the values 1, 2 and 5 times a power of ten to
 * another. These values have numbers: 3k, 3k + 1 and 3k + 2 are 1, 2 and 5 times 10 to the k.
 *
 * @param first number of the value at 0
 * @param last number of the value at 1, &gt; {@code first}
 */
record LogScale(int first, int last) implements Scale {
  private static final int[] MANTISSAS = {1, 2, 5};

  /** So many decades have room for ticks at 2 and 5, too. */
  private static final int FEW_DECADES = 2;

  private static final double ROUNDING = 1e-9;

  /** From a value at or below all positive {@code values} to one at or above. */
  static LogScale covering(double[] values) {
    double[] logs =
        Arrays.stream(values).filter(LogScale::hasPlace).map(StrictMath::log10).toArray();
    int first = atOrBelow(Arrays.stream(logs).min().orElse(0));
    double max = Arrays.stream(logs).max().orElse(0);
    int last = atOrBelow(max);
    if (log(last) < max - ROUNDING) {
      last++;
    }
    return first == last ? new LogScale(first - 1, last + 1) : new LogScale(first, last);
  }

  @Override
  public boolean shows(double value) {
    return hasPlace(value);
  }

  @Override
  public double position(double value) {
    return place(StrictMath.log10(value));
  }

  @Override
  public List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    int decades = (last - first) / MANTISSAS.length;
    int stride = decades <= FEW_DECADES ? 1 : MANTISSAS.length * (1 + decades / (TICKS + 1));
    for (int i = first; i <= last; i++) {
      if (Math.floorMod(i, stride) == 0) {
        BigDecimal value = BigDecimal.valueOf(mantissa(i)).scaleByPowerOfTen(exponent(i));
        ticks.add(new Tick(place(log(i)), Tick.label(value)));
      }
    }
    return ticks;
  }

  private static boolean hasPlace(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private double place(double log) {
    return Scale.clamp((log - log(first)) / (log(last) - log(first)));
  }

  private static int atOrBelow(double log) {
    int number = MANTISSAS.length * (int) Math.floor(log);
    while (log(number + 1) <= log + ROUNDING) {
      number++;
    }
    return number;
  }

  private static double log(int number) {
    return exponent(number) + StrictMath.log10(mantissa(number));
  }

  private static int exponent(int number) {
    return Math.floorDiv(number, MANTISSAS.length);
  }

  private static int mantissa(int number) {
    return MANTISSAS[Math.floorMod(number, MANTISSAS.length)];
  }
}
