package dev.gengap.training;

/**
 * The lowest loss on the held-out examples at the end of an epoch so far. Immutable.
 *
 * @param loss [nats]; infinite before the first
 * @param epoch epochs done when it was found; 0 before the first
 */
public record HeldOutBest(double loss, int epoch) {
  /** Before the first evaluation. */
  public static final HeldOutBest NONE = new HeldOutBest(Double.POSITIVE_INFINITY, 0);

  /** The best once {@code found} is known too: the earlier of equals, and never NaN. */
  HeldOutBest or(double found, int epochsDone) {
    return found < loss ? new HeldOutBest(found, epochsDone) : this;
  }

  /** Epochs since it was found, when {@code epochsDone} are done. */
  int age(int epochsDone) {
    return epochsDone - epoch;
  }
}
