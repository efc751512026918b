package dev.gengap.monitor;

import static dev.gengap.monitor.Records.TRUE_LABELS;
import static dev.gengap.monitor.Records.progress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.protocol.v1.RunState.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DisplayTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
  private final AtomicLong now = new AtomicLong();

  @Test
  void live_shownTooOften_redrawsFourTimesASecond() {
    AtomicInteger resized = new AtomicInteger();
    Display display =
        new LiveDisplay(
            () -> {
              resized.incrementAndGet();
              return Terminal.Size.DEFAULT;
            },
            out,
            now::get);

    for (int i = 0; i < 1000; i++) {
      display.show(Records.halfWay());
      now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    }

    assertThat(text().split("\033\\[\\?25l", -1)).hasSize(1 + 4);
    assertThat(resized).hasValue(1);
  }

  @Test
  void live_redrawn_goesUpAndClears() {
    Display display = new LiveDisplay(() -> new Terminal.Size(30, 5), out, now::get);

    display.show(ExperimentView.EMPTY);
    display.close();

    String line = "waiting for the experiment ...\033[K\n\033[J\033[?7h\033[?25h";
    assertThat(text())
        .isEqualTo("\033[?25l\033[?7l\r" + line + "\033[?25l\033[?7l\033[1A\r" + line);
  }

  @Test
  void live_closedUnused_writesNothing() {
    new LiveDisplay(() -> Terminal.Size.DEFAULT, out, now::get).close();

    assertThat(text()).isEmpty();
  }

  @Test
  void plain_manyEpochs_areToldEveryFiveSeconds() {
    Display display = new PlainDisplay(out, now::get);
    ExperimentView view =
        Records.view(
            Records.header(TRUE_LABELS), Records.state(TRUE_LABELS, Phase.RUNNING, "0").build());

    for (int epoch = 1; epoch <= 11; epoch++) {
      view = view.with(List.of(progress(TRUE_LABELS, 40L * epoch).build()));
      display.show(view);
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }
    display.close();

    assertThat(text().lines())
        .extracting(line -> line.replaceFirst("  step.*", ""))
        .containsExactly(
            "p=0: running at step 40", "p=0: epoch 1", "p=0: epoch 6", "p=0: epoch 11");
  }

  @Test
  void plain_beforeTheHeader_waits() {
    Display display = new PlainDisplay(out, now::get);
    ExperimentView early = Records.view(Records.snapshot(TRUE_LABELS, 0, "start"));

    display.show(early);
    assertThat(text()).isEmpty();
    display.show(
        early.with(
            List.of(
                Records.header(TRUE_LABELS),
                Records.state(TRUE_LABELS, Phase.RUNNING, "0").build())));

    assertThat(text()).isEqualTo("p=0: running" + System.lineSeparator());
  }

  @Test
  void progressLine_onATerminal_redrawsInPlace() {
    try (ProgressLine line = new ProgressLine("cifar-10", true, out, now::get)) {
      line.update(1_000_000, 4_000_000);
      line.update(2_000_000, 4_000_000);
      line.update(4_000_000, 4_000_000);
    }

    assertThat(text())
        .isEqualTo(
            "\r[#######---------------------] cifar-10  1.0 MB of 4.0 MB\033[K"
                + "\r[############################] cifar-10  4.0 MB of 4.0 MB\033[K"
                + System.lineSeparator());
  }

  @Test
  void progressLine_elsewhere_isALineEveryTenth() {
    try (ProgressLine line = new ProgressLine("mnist", false, out, now::get)) {
      for (int done = 0; done <= 100; done++) {
        line.update(done * 100_000L, 10_000_000);
      }
    }

    assertThat(text().lines()).hasSize(11).endsWith("mnist  10.0 MB of 10.0 MB");
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
