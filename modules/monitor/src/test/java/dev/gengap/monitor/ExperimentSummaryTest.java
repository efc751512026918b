package dev.gengap.monitor;

import static dev.gengap.monitor.Records.RANDOM_LABELS;
import static dev.gengap.monitor.Records.TRUE_LABELS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentSummaryTest {
  @Test
  void of_anEmptyView_isNothing() {
    ExperimentSummary summary = ExperimentSummary.of(ExperimentView.EMPTY);

    assertThat(summary.runs()).isZero();
    assertThat(summary.steps()).isZero();
    assertThat(summary.mostSteps()).isEmpty();
  }

  @Test
  void of_runsAtWork_countsPhasesStepsAndMeasurements() {
    ExperimentView view =
        ExperimentView.EMPTY.with(
            List.of(
                Records.header(TRUE_LABELS, RANDOM_LABELS, "cccccccccccc"),
                Records.state(TRUE_LABELS, Phase.FINISHED, "0").setSteps(1200).build(),
                Records.state(RANDOM_LABELS, Phase.RUNNING, "1").build(),
                Records.progress(RANDOM_LABELS, 400).build(),
                Records.snapshot(TRUE_LABELS, 0, "start"),
                Records.snapshot(TRUE_LABELS, 1200, "end"),
                outcome("margin_p5"),
                outcome("not_asked_for")));

    ExperimentSummary summary = ExperimentSummary.of(view);

    assertThat(summary.phases())
        .isEqualTo(Map.of(Phase.FINISHED, 1, Phase.RUNNING, 1, Phase.WAITING, 1));
    assertThat(summary.runs()).isEqualTo(3);
    assertThat(summary.runs(Phase.FAILED)).isZero();
    assertThat(summary.steps()).isEqualTo(1600);
    assertThat(summary.mostSteps()).as("of the third run it is not known").isEmpty();
    assertThat(summary.measured()).isEqualTo(1);
    assertThat(summary.missing()).isEqualTo(3);
  }

  private static Measurement outcome(String measure) {
    return Measurement.newBuilder()
        .setRun(TRUE_LABELS)
        .setStep(1200)
        .setMeasure(measure)
        .setFailure("no room")
        .build();
  }
}
