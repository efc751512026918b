package dev.gengap.monitor;

import static dev.gengap.monitor.Records.RANDOM_LABELS;
import static dev.gengap.monitor.Records.TRUE_LABELS;
import static dev.gengap.monitor.Records.progress;
import static dev.gengap.monitor.Records.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainRendererTest {
  @Test
  void events_fromNothing_tellPhasesAndMeasuredSnapshots() {
    assertThat(PlainRenderer.events(ExperimentView.EMPTY, Records.halfWay()))
        .containsExactly(
            "p=0: snapshot at step 400 (every 10 epochs) measured  margin_p5 0.5234  ln_spectral_capacity 17.30",
            "p=0: running at step 600");
  }

  @Test
  void events_nothingNew_areNone() {
    assertThat(PlainRenderer.events(Records.halfWay(), Records.halfWay())).isEmpty();
  }

  @Test
  void events_end_tellTheReason() {
    assertThat(PlainRenderer.events(Records.halfWay(), Records.ended()))
        .containsExactly(
            "p=0: finished at step 1200: max-steps",
            "p=1: failed at step 80: loss: nan at step 80");
  }

  @Test
  void events_snapshotPartlyMeasured_areNone() {
    ExperimentView before = Records.halfWay();
    ExperimentView after =
        before.with(
            List.of(
                Records.snapshot(TRUE_LABELS, 800, "every 10 epochs"),
                value(TRUE_LABELS, 800, "margin_p5", 1)));

    assertThat(PlainRenderer.events(before, after)).isEmpty();
  }

  @Test
  void epoch_newOne_isALine() {
    ExperimentView view = Records.halfWay();

    assertThat(PlainRenderer.epoch(ExperimentView.EMPTY, view, view.runs().get(0)))
        .hasValue("p=0: epoch 15  step 600  loss 0.1235  accuracy 0.9876  steps/s 312  left 2s");
    assertThat(PlainRenderer.epoch(view, view, view.runs().get(0))).isEmpty();
  }

  @Test
  void epoch_notEnded_isNone() {
    ExperimentView view = ExperimentView.EMPTY.with(List.of(progress(RANDOM_LABELS, 7).build()));

    assertThat(PlainRenderer.epoch(ExperimentView.EMPTY, view, view.runs().get(0))).isEmpty();
  }
}
