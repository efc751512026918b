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
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the files of one run from its records, which come from the first on, whatever the files
 * hold already. What turns out to be stale, once it is known whose a step is, is taken out again.
 *
 * <p>Confined to the recorder. Caller closes, or concludes.
 */
final class RunRecorder implements AutoCloseable {
  private static final Comparator<Progress> BY_AGE =
      Comparator.comparingInt(Progress::getIncarnation).thenComparingLong(Progress::getStep);

  private final RunFiles files;
  private final LazyTable<ProgressRow> progress;
  private final LazyTable<TimingRow> timing;
  private final MeasurementTables measurements;
  private Progress newest = Progress.getDefaultInstance();
  private final OwnedSteps<Progress> rows = new OwnedSteps<>();
  private final OwnedSteps<String> snapshots = new OwnedSteps<>();
  private RunState state = RunState.getDefaultInstance();
  private long lastRow = -1;
  private boolean outdated;

  RunRecorder(RunFiles files) {
    this.files = files;
    this.progress = new LazyTable<>(() -> files.openProgress(-1));
    this.timing = new LazyTable<>(() -> files.openTiming(-1));
    this.measurements = new MeasurementTables(files);
  }

  void state(RunState observed) {
    if (observed.getIncarnation() >= state.getIncarnation()) {
      state = observed;
    }
    snapshots.observe(observed).forEach(files::deleteSnapshot);
    if (!rows.observe(observed).isEmpty()) {
      rewrite();
    }
    if (isStale(newest)) {
      List<Progress> left = rows.values();
      newest = left.isEmpty() ? Progress.getDefaultInstance() : left.get(left.size() - 1);
    }
  }

  /** Ends of epochs become rows; what comes between depends on the clock. */
  void progress(Progress observed) {
    if (isStale(observed)) {
      return;
    }
    if (BY_AGE.compare(observed, newest) >= 0) {
      newest = observed;
    }
    if (observed.getEndOfEpoch()) {
      row(observed);
    }
  }

  private boolean isStale(Progress told) {
    return !rows.owner().accepts(told.getIncarnation(), told.getStep());
  }

  private void row(Progress observed) {
    long step = observed.getStep();
    Optional<Progress> before = rows.get(step);
    if (!rows.put(observed.getIncarnation(), step, observed)) {
      return;
    }
    if (before.isPresent()) {
      outdated |= before.get().getIncarnation() != observed.getIncarnation();
    } else if (step > lastRow) {
      append(observed);
    } else {
      outdated = true;
    }
  }

  private void append(Progress row) {
    lastRow = row.getStep();
    progress.append(Rows.progress(row));
    timing.append(Rows.timing(row));
  }

  /** Opening the tables empties them. */
  private void rewrite() {
    progress.close();
    timing.close();
    progress.open();
    timing.open();
    lastRow = -1;
    rows.values().forEach(this::append);
    outdated = false;
  }

  void measurement(Measurement observed) {
    measurements.add(observed);
  }

  /**
   * Keeps the file of a snapshot, if {@code keep} wants it and it is not there yet; one that
   * another incarnation took of the step is replaced.
   *
   * @param fetch gives the bytes a manifest announces
   */
  void snapshot(
      SnapshotManifest manifest, KeepPolicy keep, Function<SnapshotManifest, byte[]> fetch) {
    long step = manifest.getStep();
    if (!snapshots.put(manifest.getIncarnation(), step, manifest.getSha256())
        || keep.newest() == 0) {
      return;
    }
    NavigableMap<Long, Path> kept = files.snapshots();
    boolean wanted =
        kept.containsKey(step)
            ? isOfAnother(manifest)
            : kept.size() < keep.newest() || step > kept.firstKey();
    if (wanted) {
      files.storeSnapshot(step, ByteBuffer.wrap(fetch.apply(manifest)), keep);
    }
  }

  /** The first incarnation replaces nobody's, so that its files need not be read again. */
  private boolean isOfAnother(SnapshotManifest manifest) {
    return manifest.getIncarnation() > 1
        && !files.snapshotHash(manifest.getStep()).equals(manifest.getSha256());
  }

  /**
   * Closes the files, puts them in their final order, and writes the summary. Every record of the
   * run's training must have been seen.
   */
  void conclude() {
    if (state.getPhase() == Phase.FINISHED) {
      row(newest);
    }
    if (outdated) {
      rewrite();
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
        rows.values().stream()
            .filter(Progress::hasTestAccuracy)
            .mapToDouble(Progress::getTestAccuracy)
            .max());
  }

  @Override
  public void close() {
    try (measurements;
        timing) {
      progress.close();
    }
  }
}
