package dev.gengap.monitor;

import static dev.gengap.monitor.Records.TRUE_LABELS;
import static dev.gengap.monitor.Records.header;
import static dev.gengap.monitor.Records.progress;
import static dev.gengap.monitor.Records.state;
import static dev.gengap.monitor.Records.view;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.protocol.v1.RunState.Phase;
import org.junit.jupiter.api.Test;

class FinalTableTest {
  @Test
  void lines_ended_compareTheRuns() {
    assertThat(FinalTable.lines(Records.ended(), 120))
        .containsExactly(
            "run           p  state     epochs  steps  train loss  train acc  test acc      gap",
            "aaaaaaaaaaaa  0  finished      30   1200    0.008120     0.9999    0.4200  +0.5800",
            "bbbbbbbbbbbb  1  failed         2     80        ~nan    ~0.9876         -        -",
            "",
            "measure      p=0  p=1",
            "margin_p5  4.100  n/a",
            "~ mean over the training passes of the last epoch",
            "p=1: failed: loss: nan at step 80",
            "n/a: invalid margin");
  }

  @Test
  void lines_narrow_leaveRunsOut() {
    assertThat(FinalTable.lines(Records.ended(), 18))
        .contains("measure      p=0", "+ 1 more runs: see their measurements.csv");
  }

  @Test
  void lines_onlyRunningMeans_areMarked() {
    ExperimentView view =
        view(
            header(TRUE_LABELS),
            state(TRUE_LABELS, Phase.FINISHED, "0").setSteps(40).build(),
            progress(TRUE_LABELS, 40).build());

    assertThat(FinalTable.lines(view, 120))
        .containsExactly(
            "run           p  epochs  steps  train loss  train acc  test acc  gap",
            "aaaaaaaaaaaa  0       1     40     ~0.1235    ~0.9876         -    -",
            "~ mean over the training passes of the last epoch");
  }

  @Test
  void lines_runThatNeverBegan_hasNoNumbers() {
    ExperimentView view = view(header(TRUE_LABELS));

    assertThat(FinalTable.lines(view, 120))
        .containsExactly(
            "run           p  state    epochs  steps  train loss  train acc  test acc  gap",
            "aaaaaaaaaaaa  -  waiting       0      0           -          -         -    -");
  }
}
