package dev.gengap.core;

/**
 * The seeds of a run. Each is derived from {@code base} unless set by itself, so that a study can
 * hold the labels fixed while it varies the initialisation, and the like.
 *
 * @param base the seed of the experiment file
 * @param data the generated data set and the choice of a subset
 * @param labels which labels are corrupted, and to what
 * @param pixels permutations and noise of the images
 * @param order the order of examples in each epoch
 * @param initialisation the parameters at step 0
 * @param augmentation what augmentation does to an example in an epoch
 * @param dropout which units dropout leaves out in each step
 */
public record Seeds(
    long base,
    long data,
    long labels,
    long pixels,
    long order,
    long initialisation,
    long augmentation,
    long dropout) {

  /** All seeds derived from {@code base}. */
  public static Seeds derivedFrom(long base) {
    return new Seeds(
        base,
        derive(base, 0),
        derive(base, 1),
        derive(base, 2),
        derive(base, 3),
        derive(base, 4),
        derive(base, 5),
        derive(base, 6));
  }

  private static long derive(long base, int which) {
    return CounterRandom.of(base, RandomStream.SEED_DERIVATION).bits(which, 0);
  }
}
