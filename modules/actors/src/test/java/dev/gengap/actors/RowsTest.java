package dev.gengap.actors;

import static dev.gengap.actors.TestRecords.measurement;
import static dev.gengap.actors.TestRecords.progress;
import static dev.gengap.actors.TestRecords.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gengap.experiment.results.MeasureTimingRow;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.MeasurementRow.Status;
import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.experiment.results.RunSummary.Outcome;
import dev.gengap.protocol.v1.LayerValues;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.RunState.Ending;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {
  @Test
  void progress_withoutEvaluations_hasEmptyCells() {
    ProgressRow row = Rows.progress(progress(5, 1.5));

    assertThat(row.step()).isEqualTo(5);
    assertThat(row.epochLoss()).hasValue(1.5);
    assertThat(row.trainLoss()).isEmpty();
    assertThat(row.testAccuracy()).isEmpty();
    assertThat(row.learningRate()).isEqualTo(0.1);
    assertThat(row.heldOutLoss()).isEmpty();
  }

  @Test
  void progress_heldOutExamples_haveCellsOfTheirOwn() {
    ProgressRow row =
        Rows.progress(
            progress(5, 1.5).toBuilder().setHeldOutLoss(2.5).setHeldOutAccuracy(0.25).build());

    assertThat(row.heldOutLoss()).hasValue(2.5);
    assertThat(row.heldOutAccuracy()).hasValue(0.25);
  }

  @Test
  void measurement_ofTheWholeNetwork_isOneRow() {
    Measurement sampled =
        measurement("a", 5)
            .setValue(2)
            .setStandardError(0.5)
            .setTimeLimited(true)
            .setSeed(7)
            .putAllConventions(Map.of("sigma", "0.05", "bias", "excluded"))
            .build();

    assertThat(Rows.measurement(sampled))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.value()).hasValue(2);
              assertThat(row.standardError()).hasValue(0.5);
              assertThat(row.layer()).isEmpty();
              assertThat(row.conventions()).isEqualTo("bias=excluded,sigma=0.05");
              assertThat(row.seed()).isEqualTo(7);
              assertThat(row.timeLimited()).isTrue();
            });
  }

  @Test
  void measureTiming_saysWhereAndHowLate() {
    Measurement measured =
        measurement("a", 5)
            .setWallMillis(250)
            .setDevice("cpu")
            .setStalenessSteps(12)
            .putConventions("sigma", "0.05")
            .build();

    assertThat(Rows.measureTiming(measured))
        .isEqualTo(new MeasureTimingRow(5, "a", "sigma=0.05", 0.25, "cpu", 12));
  }

  @Test
  void measurement_ofEachLayer_isARowForEach() {
    LayerValues values = LayerValues.newBuilder().addValues(3).addValues(4).build();

    assertThat(Rows.measurement(measurement("a", 5).setLayerValues(values).build()))
        .extracting(row -> row.layer().orElse(-1), row -> row.value().orElse(0))
        .containsExactly(tuple(0, 3.0), tuple(1, 4.0));
  }

  @Test
  void measurement_withoutAValue_tellsWhy() {
    assertThat(Rows.measurement(measurement("a", 5).setNotApplicable("invalid margin").build()))
        .extracting(MeasurementRow::status, MeasurementRow::reason)
        .containsExactly(tuple(Status.NOT_APPLICABLE, "invalid margin"));
    assertThat(Rows.measurement(measurement("a", 5).setFailure("no answer").build()))
        .extracting(MeasurementRow::status, MeasurementRow::reason)
        .containsExactly(tuple(Status.FAILED, "no answer"));
  }

  @ParameterizedTest
  @CsvSource({
    "TRAIN_LOSS, TRAIN_LOSS",
    "EARLY_STOPPED, EARLY_STOPPED",
    "MAX_EPOCHS, MAX_EPOCHS",
    "MAX_STEPS, MAX_STEPS",
    "DIVERGED, FAILED",
    "ENDING_UNSPECIFIED, FAILED"
  })
  void outcome_ofAnEnding_isTheSummarys(Ending ending, Outcome outcome) {
    assertThat(Rows.outcome(state(Phase.FINISHED).toBuilder().setEnding(ending).build()))
        .isEqualTo(outcome);
  }
}
