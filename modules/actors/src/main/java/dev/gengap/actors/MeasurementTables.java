package dev.gengap.actors;

import dev.gengap.experiment.results.MeasureTimingRow;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Measurement.OutcomeCase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The measurements of one run, as records tell of them from the first on, whatever the files hold
 * already: each is written once.
 *
 * <p>Confined to the recorder. Caller closes, or finishes.
 */
final class MeasurementTables implements AutoCloseable {
  private final RunFiles files;
  private final LazyTable<MeasurementRow> values;
  private final LazyTable<MeasureTimingRow> times;
  private Set<MeasurementRow> recorded;

  MeasurementTables(RunFiles files) {
    this.files = files;
    this.values = new LazyTable<>(files::openMeasurements);
    this.times = new LazyTable<>(files::openMeasureTiming);
  }

  /** Takes note of a measurement, or of a failure that was the last attempt. */
  void add(Measurement observed) {
    boolean failed = observed.getOutcomeCase() == OutcomeCase.FAILURE;
    if (failed && observed.getAttempt() < GroupLedger.MOST_ATTEMPTS) {
      return;
    }
    if (recorded == null) {
      recorded = new HashSet<>(files.measurements());
    }
    List<MeasurementRow> rows = Rows.measurement(observed);
    if (recorded.addAll(rows)) {
      rows.forEach(values::append);
      times.append(Rows.measureTiming(observed));
    }
  }

  /** Closes the files and puts them in their final order. */
  void finish() {
    values.open();
    times.open();
    close();
    files.sortMeasurements();
  }

  @Override
  public void close() {
    try (times) {
      values.close();
    }
  }
}
