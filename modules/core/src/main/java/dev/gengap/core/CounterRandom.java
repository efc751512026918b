package dev.gengap.core;

/**
 * Random numbers as a pure function of (seed, stream, id, index): Philox4x32-10 of Salmon et al.,
 * "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), its 64-bit key the seed and its 128-bit
 * counter (id: 64 bits, block of indices: 32 bits, stream tag: 32 bits). No state, no order: any
 * process may ask for any number at any time and gets the same one.
 *
 * <p>Immutable; safe for any thread.
 */
public final class CounterRandom {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final double UNIT_53 = 0x1.0p-53;

  private final long seed;
  private final int tag;

  private CounterRandom(long seed, int tag) {
    this.seed = seed;
    this.tag = tag;
  }

  /** The numbers that {@code seed} gives for the purpose {@code stream}. */
  public static CounterRandom of(long seed, RandomStream stream) {
    return new CounterRandom(seed, stream.tag());
  }

  /** 64 uniform random bits: number {@code index} (≥ 0) of {@code id}. */
  public long bits(long id, int index) {
    int[] block = philox((int) id, (int) (id >>> 32), index >>> 1, tag, seed);
    int low = (index & 1) << 1;
    return (block[low] & 0xFFFFFFFFL) | ((long) block[low + 1] << 32);
  }

  /** A uniform double in [0, 1), a multiple of 2⁻⁵³. */
  public double uniform(long id, int index) {
    return (bits(id, index) >>> 11) * UNIT_53;
  }

  /**
   * A uniform integer in [0, bound), by multiplying 64 random bits with {@code bound} (bias below
   * bound·2⁻⁶⁴).
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int below(long id, int index, int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound: " + bound + " (expected: > 0)");
    }
    long bits = bits(id, index);
    long high = Math.multiplyHigh(bits, bound);
    return (int) (bits < 0 ? high + bound : high);
  }

  /** A standard normal deviate (Box–Muller), from the uniform numbers 2·index and 2·index + 1. */
  public double gaussian(long id, int index) {
    double radius = StrictMath.sqrt(-2.0 * StrictMath.log(1.0 - uniform(id, 2 * index)));
    return radius * StrictMath.cos(2.0 * Math.PI * uniform(id, 2 * index + 1));
  }

  /** A uniform permutation of 0 … n−1 (Fisher–Yates over the numbers of {@code id}). */
  public int[] permutation(long id, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = below(id, i, i + 1);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  /**
   * The first 4·{@code blocks} of the 32-bit words that the bits of {@code id} consist of, for many
   * at once: number n of {@link #bits} is word 2n and, above it, word 2n + 1.
   */
  public void words(long id, int[] into, int blocks) {
    for (int block = 0; block < blocks; block++) {
      philox((int) id, (int) (id >>> 32), block, tag, seed, into, 4 * block);
    }
  }

  /** One Philox4x32-10 block: counter words c0 … c3 under the 64-bit key. */
  static int[] philox(int c0, int c1, int c2, int c3, long key) {
    int[] block = new int[4];
    philox(c0, c1, c2, c3, key, block, 0);
    return block;
  }

  private static void philox(int c0, int c1, int c2, int c3, long key, int[] into, int at) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
      long p1 = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    into[at] = c0;
    into[at + 1] = c1;
    into[at + 2] = c2;
    into[at + 3] = c3;
  }
}
