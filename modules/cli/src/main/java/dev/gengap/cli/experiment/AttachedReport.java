package dev.gengap.cli.experiment;

import dev.gengap.cli.console.Console;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Measurement.OutcomeCase;
import dev.gengap.streams.RecordTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells what an attached group publishes, as it does. Safe for any thread. */
final class AttachedReport {
  private final Console console;

  /** The last attempt at each measurement, by its key. */
  private final Map<String, Measurement> last = new LinkedHashMap<>();

  AttachedReport(Console console) {
    this.console = console;
  }

  /** A line for a snapshot, and one for each measure that failed on it. */
  synchronized void add(List<Measurement> published) {
    for (Measurement measurement : published) {
      last.put(RecordTypes.measurementKey(measurement), measurement);
      if (isFailure(measurement)) {
        console
            .err()
            .printf(
                "gengap: %s, %s, attempt %d: %s%n",
                snapshot(measurement),
                measurement.getMeasure(),
                measurement.getAttempt(),
                measurement.getFailure());
      }
    }
    long values = published.stream().filter(measurement -> !isFailure(measurement)).count();
    if (values > 0) {
      console.out().println(snapshot(published.get(0)) + ": " + values + " measured");
    }
  }

  /** A line about all of it. */
  synchronized void end() {
    long snapshots = last.values().stream().map(AttachedReport::snapshot).distinct().count();
    long failures = last.values().stream().filter(AttachedReport::isFailure).count();
    console
        .out()
        .printf(
            "%d measured on %d snapshots, %d failed%n",
            last.size() - failures, snapshots, failures);
  }

  /** Whether a measurement failed at its last attempt. */
  synchronized boolean failed() {
    return last.values().stream().anyMatch(AttachedReport::isFailure);
  }

  private static boolean isFailure(Measurement measurement) {
    return measurement.getOutcomeCase() == OutcomeCase.FAILURE;
  }

  private static String snapshot(Measurement measurement) {
    return "run " + measurement.getRun() + ", step " + measurement.getStep();
  }
}
