package dev.gengap.monitor;

import static dev.gengap.monitor.Records.TRUE_LABELS;
import static dev.gengap.monitor.Records.header;
import static dev.gengap.monitor.Records.progress;
import static dev.gengap.monitor.Records.state;
import static dev.gengap.monitor.Records.view;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRendererTest {
  @Test
  void lines_nothingKnown_saySo() {
    assertThat(LiveRenderer.lines(ExperimentView.EMPTY, new Terminal.Size(80, 24)))
        .containsExactly("waiting for the experiment ...");
  }

  @Test
  void lines_halfWay_showBarAndMeasures() {
    assertThat(LiveRenderer.lines(Records.halfWay(), new Terminal.Size(100, 24)))
        .containsExactly(
            "quickstart  2 runs: 1 waiting, 1 running",
            "run  progress                           step  steps/s    loss  accuracy  left",
            "p=0  [###########-----------]  50%  600/1200      312  0.1235    0.9876    2s",
            "p=1  waiting                          0/1200        -       -         -     -",
            "",
            "latest  step  margin_p5  ln_spectral_capacity",
            "p=0      400     0.5234                 17.30");
  }

  @Test
  void lines_narrowTerminal_goWithoutTheLeastNeeded() {
    assertThat(LiveRenderer.lines(Records.halfWay(), new Terminal.Size(48, 24)))
        .containsExactly(
            "quickstart  2 runs: 1 waiting, 1 running",
            "run  progress               loss  accuracy  left",
            "p=0  [######------]  50%  0.1235    0.9876    2s",
            "p=1  waiting                   -         -     -",
            "",
            "latest  step  margin_p5  ln_spectral_capacity",
            "p=0      400     0.5234                 17.30");
  }

  @Test
  void lines_ended_showScoresAndReasons() {
    assertThat(LiveRenderer.lines(Records.ended(), new Terminal.Size(100, 24)))
        .containsExactly(
            "quickstart  2 runs: 1 finished, 1 failed",
            "run  progress                           step  steps/s      loss  accuracy  left",
            "p=0  finished: max-steps           1200/1200        -  0.008120    0.9999     -",
            "p=1  failed: loss: nan at step 80    80/1200        -       nan    0.9876     -",
            "",
            "latest  step  margin_p5",
            "p=0     1200      4.100",
            "p=1       80        n/a");
  }

  @Test
  void lines_manyRuns_showTheUrgentAndSummariseTheOthers() {
    assertThat(LiveRenderer.lines(manyRuns(), new Terminal.Size(70, 8)))
        .containsExactly(
            "quickstart  12 runs: 5 waiting, 1 running, 6 finished",
            "run    progress                  step  steps/s    loss  accuracy  left",
            "p=0.0  finished             1200/1200        -  0.1235    0.9876     -",
            "p=0.1  finished             1200/1200        -  0.1235    0.9876     -",
            "p=0.6  [#######] 100%  123456789/1200      312  0.1235    0.9876    0s",
            "... and 9 runs: 5 waiting, 4 finished");
  }

  @Test
  void lines_anySize_fit() {
    for (int width = 1; width < 130; width += 3) {
      for (int height = 1; height < 40; height += 2) {
        List<String> lines = LiveRenderer.lines(manyRuns(), new Terminal.Size(width, height));
        assertThat(lines).hasSizeLessThanOrEqualTo(Math.max(1, height - 1));
        int limit = width;
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(limit));
      }
    }
  }

  @Test
  void lines_labelThatWouldSteerTheTerminal_isMadePlain() {
    ExperimentView view =
        view(
            header(TRUE_LABELS),
            state(TRUE_LABELS, Phase.RUNNING, "\033[2J0").setMaxSteps(0).build());

    assertThat(LiveRenderer.lines(view, new Terminal.Size(60, 10)))
        .containsExactly(
            "quickstart  1 run: 1 running",
            "run      progress  step  steps/s  loss  accuracy  left",
            "p= [2J0  running      0        -     -         -     -");
  }

  /** Twelve runs: the first six finished, one running, the rest waiting. */
  private static ExperimentView manyRuns() {
    List<Message> records = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String id = String.format("%012x", i);
      ids.add(id);
      Phase phase = i < 6 ? Phase.FINISHED : i == 6 ? Phase.RUNNING : Phase.WAITING;
      records.add(state(id, phase, "0." + i).build());
      if (i <= 6) {
        records.add(progress(id, i < 6 ? 1200 : 123_456_789).build());
        records.add(Records.value(id, 40, "margin_p5", -0.5));
      }
    }
    records.add(header(ids.toArray(String[]::new)));
    return ExperimentView.EMPTY.with(records);
  }
}
