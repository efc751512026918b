package dev.gengap.data;

/**
 * A condition with its options. All randomness is a pure function of (seed, example), so a
 * condition is fixed across epochs, restarts and machines, and nested in p.
 *
 * @param kind what is done
 * @param p for labels, the probability (or fraction) corrupted, in [0, 1]; elsewhere 1
 * @param permuteChannels whether a pixel permutation moves the channels of a pixel apart (false:
 *     colour triples stay together)
 * @param gaussianPerChannel whether Gaussian noise matches each channel's mean and variance (true)
 *     or one scalar pair over all channels
 * @param testLabels what happens to test labels
 */
public record Condition(
    ConditionKind kind,
    double p,
    boolean permuteChannels,
    boolean gaussianPerChannel,
    TestLabels testLabels) {

  /** Whether the labels of the test set are left clean or get the training set's noise. */
  public enum TestLabels {
    CLEAN,
    SAME_NOISE
  }

  public Condition {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("condition.p: " + p + " (expected: 0 … 1)");
    }
  }

  /** The condition with its default options. */
  public static Condition of(ConditionKind kind, double p) {
    return new Condition(kind, p, false, true, TestLabels.CLEAN);
  }
}
