package dev.gengap.data.condition;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.Condition;
import dev.gengap.data.ConditionKind;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The random numbers of corrupted labels: for each example a uniform u (it is corrupted iff u < p),
 * a new class, and a swap. None of them depends on p, so what is corrupted at p stays so above it.
 */
final class LabelNoise {
  private final CounterRandom corrupted;
  private final CounterRandom classes;
  private final CounterRandom swaps;

  private LabelNoise(CounterRandom corrupted, CounterRandom classes, CounterRandom swaps) {
    this.corrupted = corrupted;
    this.classes = classes;
    this.swaps = swaps;
  }

  static LabelNoise ofTraining(long seed) {
    return new LabelNoise(
        CounterRandom.of(seed, RandomStream.LABEL_CORRUPTED),
        CounterRandom.of(seed, RandomStream.LABEL_CLASS),
        CounterRandom.of(seed, RandomStream.LABEL_PERMUTATION));
  }

  static LabelNoise ofTest(long seed) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.TEST_CORRUPTION);
    return new LabelNoise(random, random, random);
  }

  /** The probability that {@code condition} corrupts a label. */
  static double probability(Condition condition) {
    return condition.kind() == ConditionKind.RANDOM_LABELS ? 1 : condition.p();
  }

  boolean corrupts(int id, double p) {
    return u(id) < p;
  }

  /** The labels under {@code condition}, which must change labels. */
  int[] apply(int[] labels, int classCount, Condition condition) {
    double p = probability(condition);
    return condition.kind() == ConditionKind.PERMUTED_LABELS
        ? permuted(labels, p)
        : redrawn(labels, classCount, p);
  }

  private int[] redrawn(int[] labels, int classCount, double p) {
    int[] redrawn = labels.clone();
    for (int id = 0; id < labels.length; id++) {
      if (corrupts(id, p)) {
        redrawn[id] = classes.below(id, 1, classCount);
      }
    }
    return redrawn;
  }

  /**
   * A uniform permutation of the labels of the corrupted examples. They join in the order of their
   * u, each swapping with one that joined before or with itself (Fisher–Yates from the inside), so
   * a higher p extends the permutation of a lower one by a swap per example.
   */
  private int[] permuted(int[] labels, double p) {
    int[] permuted = labels.clone();
    int[] joining =
        IntStream.range(0, labels.length)
            .filter(id -> corrupts(id, p))
            .boxed()
            .sorted(Comparator.comparingDouble(this::u))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int k = 0; k < joining.length; k++) {
      int id = joining[k];
      int other = joining[swaps.below(id, 2, k + 1)];
      int held = permuted[id];
      permuted[id] = permuted[other];
      permuted[other] = held;
    }
    return permuted;
  }

  private double u(int id) {
    return corrupted.uniform(id, 0);
  }

  /** Which of the first {@code examples} are corrupted at {@code p}. */
  boolean[] mask(int examples, double p) {
    boolean[] mask = new boolean[examples];
    for (int id = 0; id < examples; id++) {
      mask[id] = corrupts(id, p);
    }
    return mask;
  }
}
