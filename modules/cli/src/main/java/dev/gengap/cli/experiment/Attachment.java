package dev.gengap.cli.experiment;

import dev.gengap.actors.AttachedGroup;
import dev.gengap.actors.DataLibrary;
import dev.gengap.actors.Resumption;
import dev.gengap.actors.Workplace;
import dev.gengap.cli.console.Interruption;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.results.RunFolder;
import dev.gengap.measures.api.Measure;
import dev.gengap.streams.BrokerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A measure group to be attached to an experiment. Immutable.
 *
 * @param group to attach
 * @param measures those it names
 * @param threads of the backend
 * @param report hears of what is published
 * @param interruption ends it after the measure in hand
 */
record Attachment(
    MeasureGroup group,
    List<Measure> measures,
    int threads,
    AttachedReport report,
    Interruption interruption) {
  private static final long POLL_MILLIS = 100;

  /** How often the broker is asked for a sign of life: one that is gone is silent. */
  private static final long CHECK_NANOS = Duration.ofSeconds(5).toNanos();

  /**
   * Measures the snapshots on {@code broker} until all are measured, or the process is interrupted.
   *
   * @param last whether no more snapshots are waited for
   * @param gone whether the broker is, as far as is known without asking it
   * @return whether everything is measured; false once the broker is gone
   * @throws dev.gengap.core.UserError if the broker does not answer, or the group breaks off
   */
  boolean follow(
      BrokerConnection broker, RunFolder folder, BooleanSupplier last, BooleanSupplier gone)
      throws InterruptedException {
    try (AttachedGroup attached = start(broker, folder)) {
      long checked = System.nanoTime();
      while (!attached.isEnded()) {
        if (last.getAsBoolean()) {
          attached.finish();
        }
        Thread.sleep(POLL_MILLIS);
        if (gone.getAsBoolean()) {
          return false;
        }
        if (System.nanoTime() - checked > CHECK_NANOS) {
          broker.requireReachable();
          checked = System.nanoTime();
        }
      }
      attached.await();
      return true;
    }
  }

  private AttachedGroup start(BrokerConnection broker, RunFolder folder) {
    Workplace workplace =
        new Workplace(
            broker,
            List.of(),
            Installation.cpu(threads),
            new DataLibrary(Optional.empty()),
            folder,
            Resumption.IN_FOLDER);
    AttachedGroup attached = AttachedGroup.start(workplace, group, measures, report::add);
    interruption.onInterrupt(attached::stop);
    return attached;
  }
}
