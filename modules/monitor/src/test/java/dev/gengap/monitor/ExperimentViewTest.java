package dev.gengap.monitor;

import static dev.gengap.monitor.Records.RANDOM_LABELS;
import static dev.gengap.monitor.Records.TRUE_LABELS;
import static dev.gengap.monitor.Records.header;
import static dev.gengap.monitor.Records.progress;
import static dev.gengap.monitor.Records.snapshot;
import static dev.gengap.monitor.Records.state;
import static dev.gengap.monitor.Records.value;
import static dev.gengap.monitor.Records.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gengap.protocol.v1.Minibatch;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentViewTest {
  @Test
  void runs_beforeTheHeader_areThoseNamed() {
    assertThat(view(progress(RANDOM_LABELS, 5).build()).runs())
        .extracting(RunView::id)
        .containsExactly(RANDOM_LABELS);
  }

  @Test
  void runs_afterTheHeader_areItsOwnInItsOrder() {
    ExperimentView view =
        view(
            progress("cccccccccccc", 5).build(),
            progress(TRUE_LABELS, 5).build(),
            header(RANDOM_LABELS, TRUE_LABELS));

    assertThat(view.runs())
        .extracting(RunView::id, RunView::phase)
        .containsExactly(tuple(RANDOM_LABELS, Phase.WAITING), tuple(TRUE_LABELS, Phase.RUNNING));
  }

  @Test
  void progress_ofAnOlderIncarnation_isIgnored() {
    ExperimentView view =
        view(
            progress(TRUE_LABELS, 40).setIncarnation(2).build(),
            progress(TRUE_LABELS, 400).setIncarnation(1).build());

    assertThat(view.runs().get(0).step()).isEqualTo(40);
  }

  @Test
  void progress_ofANewIncarnation_mayGoBack() {
    ExperimentView view =
        view(
            progress(TRUE_LABELS, 400).setIncarnation(1).build(),
            progress(TRUE_LABELS, 300).setIncarnation(2).setStepsPerSecond(10).build());

    assertThat(view.runs().get(0).step()).isEqualTo(300);
    assertThat(view.runs().get(0).training().stepsPerSecond()).isEqualTo(10);
  }

  @Test
  void progress_deliveredTwice_changesNothing() {
    ExperimentView once = Records.halfWay();

    ExperimentView twice = once.with(List.of(progress(TRUE_LABELS, 200).build()));

    assertThat(twice).isEqualTo(once);
  }

  @Test
  void state_ofAnOlderIncarnation_isIgnored() {
    ExperimentView view =
        view(
            state(TRUE_LABELS, Phase.RUNNING, "0").setIncarnation(3).build(),
            state(TRUE_LABELS, Phase.STOPPED, "0").setIncarnation(2).build());

    assertThat(view.runs().get(0).phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void stepsPerSecond_ofSeveralRecords_isSmoothed() {
    ExperimentView view =
        view(
            progress(TRUE_LABELS, 10).setStepsPerSecond(100).build(),
            progress(TRUE_LABELS, 20).setStepsPerSecond(200).build(),
            progress(TRUE_LABELS, 30).setStepsPerSecond(Double.NaN).build(),
            progress(TRUE_LABELS, 40).setStepsPerSecond(0).build());

    assertThat(view.runs().get(0).training().stepsPerSecond()).isEqualTo(130);
  }

  @Test
  void secondsLeft_withoutRateOrEnd_isUnknown() {
    RunView noRate = view(state(TRUE_LABELS, Phase.RUNNING, "0").build()).runs().get(0);
    RunView noEnd =
        view(
                state(TRUE_LABELS, Phase.RUNNING, "0").setMaxSteps(0).build(),
                progress(TRUE_LABELS, 40).build())
            .runs()
            .get(0);

    assertThat(noRate.secondsLeft()).isEmpty();
    assertThat(noEnd.secondsLeft()).isEmpty();
    assertThat(noEnd.fractionDone()).isEmpty();
  }

  @Test
  void latest_measurementOfAnEarlierSnapshot_doesNotReplaceIt() {
    RunView run =
        view(value(TRUE_LABELS, 400, "margin_p5", 2), value(TRUE_LABELS, 200, "margin_p5", 1))
            .runs()
            .get(0);

    assertThat(run.measures().latest().get("margin_p5").getValue()).isEqualTo(2);
    assertThat(run.measures().outcomes()).containsOnlyKeys(200L, 400L);
  }

  @Test
  void scores_withoutFullEvaluation_areTheSnapshotsOrTheRunningMeans() {
    ExperimentView running = view(progress(TRUE_LABELS, 40).build());
    ExperimentView measured =
        running.with(
            List.of(
                value(TRUE_LABELS, 40, "cross_entropy", 0.5),
                value(TRUE_LABELS, 40, "train_error", 0.25),
                value(TRUE_LABELS, 40, "test_error", 0.5)));

    assertThat(running.runs().get(0).scores())
        .isEqualTo(new Scores(0.12345, 0.98765, Double.NaN, true));
    assertThat(measured.runs().get(0).scores()).isEqualTo(new Scores(0.5, 0.75, 0.5, false));
    assertThat(measured.runs().get(0).scores().gap()).isEqualTo(0.25);
  }

  @Test
  void complete_needsEveryRunEndedAndEverySnapshotMeasured() {
    ExperimentView ended =
        view(
            header(TRUE_LABELS),
            state(TRUE_LABELS, Phase.FINISHED, "0").build(),
            snapshot(TRUE_LABELS, 0, "start"),
            value(TRUE_LABELS, 0, "margin_p5", 1));
    ExperimentView measured =
        ended.with(
            List.of(
                Records.measurement(TRUE_LABELS, 0, "ln_spectral_capacity")
                    .setFailure("no memory")
                    .build()));

    assertThat(ExperimentView.EMPTY.ended()).isFalse();
    assertThat(ended.ended()).isTrue();
    assertThat(ended.complete()).isFalse();
    assertThat(measured.complete()).isTrue();
  }

  @Test
  void with_recordOfAnotherKind_isRefused() {
    assertThatThrownBy(() -> view(Minibatch.getDefaultInstance()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("record: gengap.v1.Minibatch (expected: ");
  }
}
