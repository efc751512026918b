package dev.gengap.actors;

import dev.gengap.core.RunId;
import dev.gengap.experiment.KeepPolicy;
import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.experiment.results.RunSummary;
import dev.gengap.experiment.results.TimingRow;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Writes the files of one run from its records, which come from the first on, whatever the files
 * hold already. A run computes the same each time, so a step that is written is written.
 *
 * <p>Confined to the recorder. Caller closes, or concludes.
 */
final class RunRecorder implements AutoCloseable {
  private final RunFiles files;
  private final LazyTable<ProgressRow> progress;
  private final LazyTable<TimingRow> timing;
  private final MeasurementTables measurements;
  private Progress newest = Progress.getDefaultInstance();
  private RunState state = RunState.getDefaultInstance();
  private long lastRow = -1;
  private OptionalDouble bestTestAccuracy = OptionalDouble.empty();

  RunRecorder(RunFiles files) {
    this.files = files;
    this.progress = new LazyTable<>(() -> files.openProgress(-1));
    this.timing = new LazyTable<>(() -> files.openTiming(-1));
    this.measurements = new MeasurementTables(files);
  }

  void state(RunState observed) {
    state = observed;
  }

  /** Ends of epochs become rows; what comes between depends on the clock. */
  void progress(Progress observed) {
    if (observed.getStep() < newest.getStep()) {
      return;
    }
    newest = observed;
    if (observed.getEndOfEpoch()) {
      row(observed);
    }
  }

  private void row(Progress observed) {
    if (observed.getStep() <= lastRow) {
      return;
    }
    lastRow = observed.getStep();
    if (observed.hasTestAccuracy()) {
      double best = Math.max(bestTestAccuracy.orElse(0), observed.getTestAccuracy());
      bestTestAccuracy = OptionalDouble.of(best);
    }
    progress.append(Rows.progress(observed));
    timing.append(Rows.timing(observed));
  }

  void measurement(Measurement observed) {
    measurements.add(observed);
  }

  /**
   * Keeps the file of a snapshot, if {@code keep} wants it and it is not there yet.
   *
   * @param fetch gives the bytes a manifest announces
   */
  void snapshot(
      SnapshotManifest manifest, KeepPolicy keep, Function<SnapshotManifest, byte[]> fetch) {
    NavigableMap<Long, Path> kept = files.snapshots();
    long step = manifest.getStep();
    boolean wanted = kept.size() < keep.newest() || (!kept.isEmpty() && step > kept.firstKey());
    if (keep.newest() > 0 && wanted && !kept.containsKey(step)) {
      files.storeSnapshot(step, ByteBuffer.wrap(fetch.apply(manifest)), keep);
    }
  }

  /**
   * Closes the files, puts them in their final order, and writes the summary. Every record of the
   * run's training must have been seen.
   */
  void conclude() {
    if (state.getPhase() == Phase.FINISHED) {
      row(newest);
    }
    progress.open();
    timing.open();
    measurements.finish();
    close();
    if (state.getPlacementsCount() > 0) {
      files.writeTrainedOn(Rows.trainedOn(state));
    }
    files.writeSummary(summary());
  }

  private RunSummary summary() {
    boolean failed = state.getPhase() == Phase.FAILED;
    long steps = state.getSteps() > 0 ? state.getSteps() : newest.getStep();
    return new RunSummary(
        new RunId(state.getRun()),
        Rows.outcome(state),
        failed ? state.getReason() : "",
        steps,
        (double) steps / Math.max(1, state.getStepsPerEpoch()),
        Optional.of(newest)
            .filter(p -> !failed && p.hasFullTrainLoss())
            .map(p -> new RunSummary.Scores(p.getFullTrainLoss(), p.getFullTrainAccuracy())),
        Optional.of(newest)
            .filter(p -> !failed && p.hasTestLoss())
            .map(p -> new RunSummary.Scores(p.getTestLoss(), p.getTestAccuracy())),
        bestTestAccuracy);
  }

  @Override
  public void close() {
    try (measurements;
        timing) {
      progress.close();
    }
  }
}
