package dev.gengap.actors;

import dev.gengap.experiment.results.RunFolder;
import dev.gengap.network.safetensors.WeightsFile;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.RecordLog;
import dev.gengap.streams.SnapshotWriter;
import dev.gengap.training.Evaluation;
import dev.gengap.training.ProgressReport;
import dev.gengap.training.SnapshotTaken;
import dev.gengap.training.TrainingListener;
import dev.gengap.training.TrainingState;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Publishes what a training loop reports: progress and snapshots to Kafka, the position in the feed
 * to the feeder, resume points to their store.
 *
 * <p>Ownership: the trainer's thread calls everything here; snapshots and resume points are
 * serialized and written behind it by one publishing thread, which closing waits for. Ordering:
 * snapshots of a run appear in the order they were taken. Failure: what could not be written
 * surfaces at the next snapshot or in {@link #finish}.
 */
final class TrainingPublisher implements TrainingListener, AutoCloseable {
  /** Progress within an epoch is for people: a few times a second is enough. */
  private static final long PROGRESS_INTERVAL_NANOS = 250_000_000L;

  private static final int MOST_STEPS_UNREPORTED = 16;

  /** Steps done again after a crash, in time, where epochs are short. */
  private static final long RESUME_INTERVAL_NANOS = 5_000_000_000L;

  /** The same within a long epoch, whose networks may be large. */
  private static final long LONGEST_WITHOUT_RESUME_NANOS = 60_000_000_000L;

  /** Snapshots and resume points waiting to be written; each holds a copy of the weights. */
  private static final int MOST_WAITING = 4;

  private final ExperimentSetup setup;
  private final TrainerActor.Train order;
  private final FeedDemand demand;
  private final ResumeStore resumeStore;
  private final BooleanSupplier stopRequested;
  private final TrainingLabels labels;
  private final RecordLog<Progress> progress;
  private final SnapshotWriter snapshots;
  private final WorkThread behind;
  private final Deque<CompletableFuture<Void>> writing = new ArrayDeque<>();
  private final List<Long> steps = new ArrayList<>();
  private final long startNanos = System.nanoTime();
  private long lastProgressNanos = startNanos - PROGRESS_INTERVAL_NANOS;
  private long lastResumeNanos = startNanos - RESUME_INTERVAL_NANOS;
  private long lastResumeStep;
  private Progress lastReported = Progress.getDefaultInstance();
  private Progress unpublished;

  TrainingPublisher(
      Hosted hosted,
      TrainerActor.Train order,
      FeedDemand demand,
      ResumeStore resumeStore,
      TrainingLabels labels,
      BooleanSupplier stopRequested) {
    this.order = order;
    this.demand = demand;
    this.resumeStore = resumeStore;
    this.labels = labels;
    this.stopRequested = stopRequested;
    this.setup = hosted.setup();
    this.lastResumeStep = order.assignment().from().map(ResumePoint::getStep).orElse(0L);
    this.progress = hosted.clients().progress();
    this.snapshots = hosted.clients().snapshots();
    this.behind = new WorkThread("gengap-publish-" + order.assignment().lane());
  }

  /**
   * Steps between two reports: the feeder hears of a free quarter of its window, people of more.
   */
  int reportEverySteps() {
    return Math.min(Math.max(1, setup.experiment().feed().window() / 4), MOST_STEPS_UNREPORTED);
  }

  @Override
  public void progress(ProgressReport report) {
    demand.from(report.nextSequence());
    long now = System.nanoTime();
    lastReported = Records.progress(order.assignment(), report, (now - startNanos) / 1e9);
    boolean due = now - lastProgressNanos >= PROGRESS_INTERVAL_NANOS;
    if (report.endOfEpoch() || due) {
      publish(lastReported);
      lastProgressNanos = now;
    } else {
      unpublished = lastReported;
    }
  }

  /** Whether the newest report tells how well the network does on the whole training set. */
  boolean isScored() {
    return lastReported.hasFullTrainLoss();
  }

  /** Publishes the scores of a run that ended without evaluating them. */
  void finalScores(Evaluation train, Optional<Evaluation> test) {
    Progress.Builder scored =
        lastReported.toBuilder()
            .setFullTrainLoss(train.loss())
            .setFullTrainAccuracy(train.accuracy());
    test.ifPresent(t -> scored.setTestLoss(t.loss()).setTestAccuracy(t.accuracy()));
    publish(scored.build());
  }

  private void publish(Progress record) {
    progress.append(record);
    unpublished = null;
  }

  @Override
  public void snapshot(SnapshotTaken taken) {
    steps.add(taken.step());
    writeBehind(() -> publish(taken));
  }

  @Override
  public void resumable(long at, boolean endOfEpoch, Supplier<TrainingState> state) {
    long now = System.nanoTime();
    long interval = endOfEpoch ? RESUME_INTERVAL_NANOS : LONGEST_WITHOUT_RESUME_NANOS;
    boolean due = now - lastResumeNanos >= interval || stopRequested.getAsBoolean();
    if (due && at > lastResumeStep) {
      lastResumeNanos = now;
      lastResumeStep = at;
      TrainingState copied = state.get();
      writeBehind(() -> save(copied));
    }
  }

  /** What came before a resume point is not told again, so it has to be on Kafka first. */
  private void save(TrainingState state) {
    progress.flush();
    resumeStore.save(state);
  }

  private void writeBehind(Runnable write) {
    while (!writing.isEmpty() && (writing.size() >= MOST_WAITING || writing.peek().isDone())) {
      writing.remove().join();
    }
    writing.add(behind.run(write));
  }

  private void publish(SnapshotTaken taken) {
    RunAssignment assignment = order.assignment();
    SnapshotManifest.Builder manifest =
        SnapshotManifest.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setRun(assignment.run())
            .setIncarnation(assignment.incarnation())
            .setStep(taken.step())
            .setEpoch(taken.epoch())
            .addAllReasons(taken.reasons())
            .setChecksPerEpoch(taken.checksPerEpoch())
            .setTrainReference(order.references().train())
            .setOriginalReference(order.references().original())
            .setTestReference(order.references().test())
            .setNetwork(assignment.plan().config().network().text());
    taken.trainLoss().ifPresent(manifest::setTrainLoss);
    taken.history().map(found -> Histories.message(found, labels)).ifPresent(manifest::setHistory);
    keptAs(taken.step()).ifPresent(manifest::setFile);
    Map<String, String> metadata =
        Map.of("run", assignment.run(), "step", Long.toString(taken.step()));
    snapshots.publish(manifest.build(), WeightsFile.encode(taken.weights(), metadata)).join();
  }

  /** Where the recorder puts the snapshot, relative to the experiment's folder. */
  private Optional<String> keptAs(long step) {
    if (setup.experiment().keep().newest() == 0) {
      return Optional.empty();
    }
    RunFolder folder = setup.workplace().folder();
    Path file = folder.run(order.assignment().plan().id()).snapshotFile(step);
    return Optional.of(folder.path().relativize(file).toString().replace(File.separatorChar, '/'));
  }

  @Override
  public boolean stopRequested() {
    return stopRequested.getAsBoolean();
  }

  /** Waits until all is written, and gives the steps of the snapshots taken. */
  List<Long> finish() {
    writing.forEach(CompletableFuture::join);
    writing.clear();
    if (unpublished != null) {
      publish(unpublished);
    }
    progress.flush();
    return List.copyOf(steps);
  }

  @Override
  public void close() {
    behind.close();
  }
}
