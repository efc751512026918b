package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.data.Examples;
import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.History;
import dev.gengap.measures.api.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the identity on two classes, whose answer is the larger input, and of histories by hand. */
class MemorisationTest {
  private static final float[][] IDENTITY = {{1, 0}, {0, 1}};

  /** Answers: 0, 1, 0, 1, 0. */
  private static final Examples EXAMPLES =
      new ArrayExamples(
          new float[][] {{2, 1}, {1, 2}, {3, 0}, {0, 3}, {5, 4}}, new int[] {0, 1, 1, 0, 0});

  private static final History.Part CLEAN = new History.Part(8, 5, 6, 120, 2, 3);
  private static final History.Part CORRUPTED = new History.Part(4, 1, 2, 150, 2, 5);
  private static final History.Part NONE = new History.Part(0, 0, 0, 0, 0, 0);
  private static final History FITTING =
      new History(7, new TreeMap<>(Map.of(0.1, 40L, 0.01, 70L)), CLEAN, CORRUPTED);

  @Test
  void accuracies_atASnapshot_areThoseOfEachPart() {
    MeasuredSnapshot snapshot = labelled(0, 0, 0, 0, 1);

    // Clean are examples 0 and 3, of which 0 is right; corrupted 1, 2 and 4.
    assertThat(SmallNetworks.scalar(snapshot, "clean_accuracy")).isEqualTo(1 / 2.0);
    assertThat(SmallNetworks.scalar(snapshot, "corrupted_accuracy")).isEqualTo(2 / 3.0);
    assertThat(SmallNetworks.scalar(snapshot, "corrupted_true_accuracy")).isEqualTo(1 / 3.0);
  }

  @Test
  void accuracies_withoutCorruption_areOfTheCleanPartAlone() {
    MeasuredSnapshot snapshot = labelled(0, 1, 1, 0, 0);

    assertThat(SmallNetworks.scalar(snapshot, "clean_accuracy")).isEqualTo(3 / 5.0);
    assertThat(SmallNetworks.reason(snapshot, "corrupted_accuracy"))
        .isEqualTo("no label differs from the original one");
    assertThat(SmallNetworks.reason(snapshot, "corrupted_true_accuracy"))
        .isEqualTo("no label differs from the original one");
  }

  @Test
  void accuracies_whereEveryLabelIsAnother_areOfTheCorruptedPartAlone() {
    assertThat(SmallNetworks.reason(labelled(1, 0, 0, 1, 1), "clean_accuracy"))
        .isEqualTo("no label is the original one");
  }

  @ParameterizedTest
  @CsvSource({
    "steps_to_0.1, 40",
    "steps_0.1_to_0.01, 30",
    "clean_fitted, 0.625",
    "clean_never_fitted, 0.25",
    "clean_first_fitted, 20",
    "clean_forgetting, 0.5",
    "clean_unforgettable, 0.5",
    "corrupted_fitted, 0.25",
    "corrupted_never_fitted, 0.5",
    "corrupted_first_fitted, 75",
    "corrupted_forgetting, 2.5",
    "corrupted_unforgettable, 0"
  })
  void historyMeasures_ofAHistory_areItsMeans(String key, double expected) {
    assertThat(SmallNetworks.scalar(with(FITTING), key)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "steps_to_0.1, no full evaluation has found a training loss <= 0.1",
    "steps_0.1_to_0.01, no full evaluation has found a training loss <= 0.01",
    "clean_first_fitted, no example has been fitted",
    "clean_forgetting, no example has been fitted",
    "corrupted_fitted, no label differs from the original one"
  })
  void historyMeasures_withNothingToMeasure_sayWhy(String key, String reason) {
    History.Part unfitted = new History.Part(8, 0, 0, 0, 0, 0);
    History history = new History(3, new TreeMap<>(), unfitted, NONE);

    assertThat(SmallNetworks.reason(with(history), key)).isEqualTo(reason);
    assertThat(SmallNetworks.scalar(with(history), "clean_never_fitted")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"steps_to_0.1", "steps_0.1_to_0.01", "clean_fitted", "corrupted_forgetting"})
  void historyMeasures_beforeTheFirstEvaluation_sayWhy(String key) {
    History history = new History(0, new TreeMap<>(), NONE, NONE);

    assertThat(SmallNetworks.reason(with(history), key)).isEqualTo("no full evaluation yet");
  }

  @Test
  void measures_ofWeightsFromElsewhere_sayWhatTheyNeed() {
    MeasuredSnapshot snapshot = with(TrainingRecord.NONE);

    assertThat(SmallNetworks.reason(snapshot, "clean_accuracy"))
        .isEqualTo("needs the original labels");
    assertThat(SmallNetworks.reason(snapshot, "clean_fitted"))
        .isEqualTo("needs the training history, which training.stop.evaluate = full keeps");
    assertThat(SmallNetworks.reason(snapshot, "steps_to_0.1"))
        .isEqualTo("needs the training history, which training.stop.evaluate = full keeps");
  }

  private static MeasuredSnapshot labelled(int... original) {
    return with(new TrainingRecord(Optional.of(original), Optional.empty()));
  }

  private static MeasuredSnapshot with(History history) {
    return with(new TrainingRecord(Optional.empty(), Optional.of(history)));
  }

  private static MeasuredSnapshot with(TrainingRecord training) {
    return new MeasuredSnapshot(
        SmallNetworks.network(IDENTITY),
        SmallNetworks.weights(IDENTITY),
        Optional.empty(),
        Optional.of(EXAMPLES),
        Optional.empty(),
        1,
        Settings.STANDARD,
        training);
  }
}
