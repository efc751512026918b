package dev.gengap.data.condition;

/**
 * A Gaussian rounded to whole numbers and clipped to 0 … 255, drawn by inverting its distribution
 * function: one table look-up per draw, and the same bits on every machine.
 */
final class QuantisedGaussian {
  private static final int VALUES = 256;
  private static final double RANGE = 0x1.0p32;
  private static final int GUIDE_SHIFT = 32 - 10;

  /** Entry v: 2³²·P(value ≤ v), rounded to a whole number. */
  private final long[] cumulative = new long[VALUES];

  /** Entry g: the value of the smallest draw whose upper bits are g, where the search begins. */
  private final int[] guide = new int[1 << (32 - GUIDE_SHIFT)];

  QuantisedGaussian(PixelStatistics statistics) {
    for (int v = 0; v < VALUES - 1; v++) {
      cumulative[v] = (long) StrictMath.rint(RANGE * probabilityUpTo(v, statistics));
    }
    cumulative[VALUES - 1] = (long) RANGE;
    for (int g = 0; g < guide.length; g++) {
      guide[g] = search(0, (long) g << GUIDE_SHIFT);
    }
  }

  /** The value that 32 uniform random bits stand for. */
  byte value(int bits) {
    return (byte) search(guide[bits >>> GUIDE_SHIFT], bits & 0xFFFFFFFFL);
  }

  private int search(int from, long draw) {
    int v = from;
    while (cumulative[v] <= draw) {
      v++;
    }
    return v;
  }

  private static double probabilityUpTo(int v, PixelStatistics statistics) {
    if (statistics.std() == 0) {
      return v >= Math.rint(statistics.mean()) ? 1 : 0;
    }
    return normalDistribution((v + 0.5 - statistics.mean()) / statistics.std());
  }

  /**
   * P(Z ≤ z) of a standard normal Z, by the series of Marsaglia, "Evaluating the normal
   * distribution", J. Stat. Software 11(4), 2004: ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …).
   */
  static double normalDistribution(double z) {
    if (Math.abs(z) > 8) {
      return z > 0 ? 1 : 0;
    }
    double term = z;
    double sum = z;
    for (int i = 3; Math.abs(term) > 0x1.0p-60 * Math.abs(sum); i += 2) {
      term *= z * z / i;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-0.5 * z * z) / StrictMath.sqrt(2 * Math.PI);
  }
}
