package dev.gengap.data.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.Seeds;
import dev.gengap.data.Condition;
import dev.gengap.data.ConditionKind;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class LabelConditionProperties {
  private static final int EXAMPLES = 4000;
  private static final DataSet SET = SmallSets.random(new ImageShape(1, 1, 1), EXAMPLES, 500);
  private static final int[] CLEAN = SET.train().labels();

  @Property(tries = 50)
  void partialLabels_anyP_corruptsAboutThatFraction(
      @ForAll long seed, @ForAll @DoubleRange(max = 1) double p) {
    double sigma = Math.sqrt(p * (1 - p) / EXAMPLES);
    assertThat(count(mask(ConditionKind.PARTIAL_LABELS, p, seed)) / (double) EXAMPLES)
        .isCloseTo(p, within(5 * sigma + 1e-9));
    double changed = p * 0.9;
    double changedSigma = Math.sqrt(changed * (1 - changed) / EXAMPLES);
    assertThat(changes(labels(ConditionKind.PARTIAL_LABELS, p, seed)) / (double) EXAMPLES)
        .isCloseTo(changed, within(5 * changedSigma + 1e-9));
  }

  @Property(tries = 50)
  void partialLabels_lowerP_isNestedInHigherP(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 1) double a,
      @ForAll @DoubleRange(max = 1) double b) {
    double low = Math.min(a, b);
    double high = Math.max(a, b);
    boolean[] lowMask = mask(ConditionKind.PARTIAL_LABELS, low, seed);
    boolean[] highMask = mask(ConditionKind.PARTIAL_LABELS, high, seed);
    int[] lowLabels = labels(ConditionKind.PARTIAL_LABELS, low, seed);
    int[] highLabels = labels(ConditionKind.PARTIAL_LABELS, high, seed);
    for (int id = 0; id < EXAMPLES; id++) {
      if (lowMask[id]) {
        assertThat(highMask[id]).isTrue();
        assertThat(highLabels[id]).isEqualTo(lowLabels[id]);
      } else {
        assertThat(lowLabels[id]).isEqualTo(CLEAN[id]);
      }
    }
  }

  @Property(tries = 20)
  void randomLabels_anyP_isPartialLabelsOfOne(
      @ForAll long seed, @ForAll @DoubleRange(max = 1) double p) {
    assertThat(labels(ConditionKind.RANDOM_LABELS, p, seed))
        .isEqualTo(labels(ConditionKind.PARTIAL_LABELS, 1, seed));
    assertThat(count(mask(ConditionKind.RANDOM_LABELS, p, seed))).isEqualTo(EXAMPLES);
  }

  @Property(tries = 20)
  void permutedLabels_anyP_keepsClassCountsAndTheRest(
      @ForAll long seed, @ForAll @DoubleRange(max = 1) double p) {
    int[] permuted = labels(ConditionKind.PERMUTED_LABELS, p, seed);
    boolean[] mask = mask(ConditionKind.PERMUTED_LABELS, p, seed);
    for (int id = 0; id < EXAMPLES; id++) {
      if (!mask[id]) {
        assertThat(permuted[id]).isEqualTo(CLEAN[id]);
      }
    }
    int[] sorted = permuted.clone();
    int[] expected = CLEAN.clone();
    Arrays.sort(sorted);
    Arrays.sort(expected);
    assertThat(sorted).isEqualTo(expected);
  }

  @Property(tries = 20)
  void permutedLabels_all_leavesChanceAgreement(@ForAll long seed) {
    double changed = changes(labels(ConditionKind.PERMUTED_LABELS, 1, seed)) / (double) EXAMPLES;
    assertThat(changed).isCloseTo(0.9, within(0.03));
  }

  @Property(tries = 20)
  void labelCondition_testLabels_areCleanOrHaveNoiseOfTheirOwn(@ForAll long seed) {
    Seeds seeds = Seeds.derivedFrom(seed);
    Condition clean = Condition.of(ConditionKind.PARTIAL_LABELS, 0.5);
    Condition noisy =
        new Condition(
            ConditionKind.PARTIAL_LABELS, 0.5, false, true, Condition.TestLabels.SAME_NOISE);
    assertThat(Corruption.corruptTest(SET, clean, seeds)).isSameAs(SET.test());
    int[] test = Corruption.corruptTest(SET, noisy, seeds).labels();
    int changed = 0;
    int changedInBoth = 0;
    int[] train = Corruption.corruptTrain(SET, noisy, seeds).labels();
    for (int id = 0; id < test.length; id++) {
      boolean differs = test[id] != SET.test().labels()[id];
      changed += differs ? 1 : 0;
      changedInBoth += differs && train[id] != CLEAN[id] ? 1 : 0;
    }
    assertThat(changed / 500.0).isCloseTo(0.45, within(0.12));
    assertThat(changedInBoth / 500.0).isCloseTo(0.45 * 0.45, within(0.1));
  }

  private static int[] labels(ConditionKind kind, double p, long seed) {
    return Corruption.corruptTrain(SET, Condition.of(kind, p), Seeds.derivedFrom(seed)).labels();
  }

  private static boolean[] mask(ConditionKind kind, double p, long seed) {
    return Corruption.corruptedMask(EXAMPLES, Condition.of(kind, p), Seeds.derivedFrom(seed));
  }

  private static int changes(int[] labels) {
    int changes = 0;
    for (int id = 0; id < labels.length; id++) {
      changes += labels[id] == CLEAN[id] ? 0 : 1;
    }
    return changes;
  }

  private static int count(boolean[] mask) {
    int count = 0;
    for (boolean set : mask) {
      count += set ? 1 : 0;
    }
    return count;
  }
}
