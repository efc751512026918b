package dev.gengap.monitor;

import dev.gengap.protocol.v1.RunState.Phase;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Prints what {@link PlainRenderer} finds: events at once, epochs at most every five seconds. */
public final class PlainDisplay implements Display {
  private static final long EPOCH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final PrintStream out;
  private final LongSupplier nanoTime;

  private ExperimentView shown = ExperimentView.EMPTY;
  private ExperimentView epochsShown = ExperimentView.EMPTY;
  private long epochsShownAt;

  /**
   * A display that has not printed yet.
   *
   * @param out where to print; stays open
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public PlainDisplay(PrintStream out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
    this.epochsShownAt = nanoTime.getAsLong() - EPOCH_NANOS;
  }

  @Override
  public void show(ExperimentView view) {
    if (!view.isNamed()) {
      // Which measures make a snapshot complete, and what runs are called, is not known yet.
      return;
    }
    PlainRenderer.events(shown, view).forEach(out::println);
    shown = view;
    if (nanoTime.getAsLong() - epochsShownAt >= EPOCH_NANOS) {
      showEpochs();
    }
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }

  private void showEpochs() {
    shown.runs().stream()
        .filter(run -> run.phase() == Phase.RUNNING)
        .flatMap(run -> PlainRenderer.epoch(epochsShown, shown, run).stream())
        .forEach(out::println);
    epochsShown = shown;
    epochsShownAt = nanoTime.getAsLong();
  }
}
