package dev.gengap.data.source;

/**
 * How much of a data set to load.
 *
 * @param train the first so many training examples; 0 for all
 * @param test the first so many test examples; 0 for all
 */
public record Subset(int train, int test) {
  /** Everything there is. */
  public static final Subset ALL = new Subset(0, 0);

  public Subset {
    if (train < 0 || test < 0) {
      throw new IllegalArgumentException(
          "subset: train " + train + ", test " + test + " (expected: both ≥ 0)");
    }
  }
}
