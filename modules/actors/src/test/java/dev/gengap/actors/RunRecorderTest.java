package dev.gengap.actors;

import static dev.gengap.actors.TestRecords.RUN;
import static dev.gengap.actors.TestRecords.manifest;
import static dev.gengap.actors.TestRecords.measurement;
import static dev.gengap.actors.TestRecords.placed;
import static dev.gengap.actors.TestRecords.progress;
import static dev.gengap.actors.TestRecords.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gengap.core.Hashes;
import dev.gengap.core.RunId;
import dev.gengap.experiment.KeepPolicy;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.experiment.results.RunSummary;
import dev.gengap.experiment.results.RunSummary.Outcome;
import dev.gengap.protocol.v1.LayerValues;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Ending;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {
  private static final Progress LAST =
      progress(8, 0.25).toBuilder()
          .setFullTrainLoss(0.2)
          .setFullTrainAccuracy(1)
          .setTestLoss(2.5)
          .setTestAccuracy(0.1)
          .build();

  @TempDir private Path dir;
  private RunFiles files;

  @BeforeEach
  void open() throws IOException {
    files = new RunFiles(new RunId(RUN), dir);
    Files.writeString(dir.resolve("manifest.json"), "{}");
  }

  @Test
  void conclude_ofAFinishedRun_writesEpochsTheLastStepAndTheScores() {
    RunRecorder recorder = new RunRecorder(files);
    List.of(progress(3, 1.5), tested(5, 0.75), progress(7, 1), LAST).forEach(recorder::progress);
    recorder.state(
        state(Phase.FINISHED).toBuilder().setSteps(8).setEnding(Ending.MAX_STEPS).build());
    recorder.conclude();

    assertThat(files.progress()).extracting(ProgressRow::step).containsExactly(5L, 8L);
    assertThat(files.summary())
        .contains(
            new RunSummary(
                new RunId(RUN),
                Outcome.MAX_STEPS,
                "",
                8,
                1.6,
                Optional.of(new RunSummary.Scores(0.2, 1)),
                Optional.of(new RunSummary.Scores(2.5, 0.1)),
                OptionalDouble.of(0.75)));
  }

  @Test
  void progress_toldAgainByALaterAttempt_isWrittenOnce() {
    RunRecorder recorder = new RunRecorder(files);
    for (long step : List.of(5L, 10L, 13L, 5L, 10L, 15L)) {
      recorder.progress(progress(step, 1.0 / step));
    }
    recorder.close();

    assertThat(files.progress()).extracting(ProgressRow::step).containsExactly(5L, 10L, 15L);
  }

  @Test
  void records_readAgainByALaterProcess_leaveTheSameFiles() throws IOException {
    for (int i = 0; i < 2; i++) {
      RunRecorder recorder = new RunRecorder(files);
      recorder.progress(progress(5, 1));
      recorder.measurement(measurement("b", 5).setValue(2).build());
      recorder.measurement(measurement("a", 5).setValue(1).build());
      recorder.close();
    }
    RunRecorder recorder = new RunRecorder(files);
    recorder.progress(progress(5, 1));
    recorder.measurement(measurement("a", 5).setValue(1).build());
    recorder.state(
        state(Phase.FINISHED).toBuilder().setSteps(5).setEnding(Ending.MAX_EPOCHS).build());
    recorder.conclude();

    assertThat(files.progress()).hasSize(1);
    assertThat(Files.readAllLines(dir.resolve("measurements.csv"))).hasSize(3);
    assertThat(files.measurements()).extracting(MeasurementRow::measure).containsExactly("a", "b");
    assertThat(files.measureTiming()).hasSize(2);
  }

  @Test
  void measurement_thatFailedAtFirst_leavesOnlyWhatWasMeasured() {
    RunRecorder recorder = new RunRecorder(files);
    recorder.measurement(measurement("norms", 5).setFailure("no answer").build());
    recorder.measurement(
        measurement("norms", 5)
            .setAttempt(2)
            .setLayerValues(LayerValues.newBuilder().addValues(1).addValues(2))
            .build());
    recorder.close();

    assertThat(files.measurements())
        .extracting(row -> row.layer().orElse(-1))
        .containsExactly(0, 1);
  }

  @Test
  void measurement_thatFailedForGood_isARowWithItsReason() {
    RunRecorder recorder = new RunRecorder(files);
    recorder.measurement(
        measurement("norms", 5)
            .setAttempt(GroupLedger.MOST_ATTEMPTS)
            .setFailure("no answer")
            .build());
    recorder.close();

    assertThat(files.measurements())
        .extracting(MeasurementRow::status, MeasurementRow::reason)
        .containsExactly(tuple(MeasurementRow.Status.FAILED, "no answer"));
  }

  @Test
  void conclude_ofADivergedRun_tellsTheStepAndTheReasonWithoutScores() {
    RunRecorder recorder = new RunRecorder(files);
    recorder.progress(progress(5, 1e30).toBuilder().setTestLoss(Double.NaN).build());
    recorder.state(
        state(Phase.FAILED).toBuilder()
            .setSteps(7)
            .setEnding(Ending.DIVERGED)
            .setReason("the loss of step 7 is not a finite number")
            .build());
    recorder.conclude();

    RunSummary summary = files.summary().orElseThrow();
    assertThat(summary.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(summary.reason()).startsWith("the loss of step 7");
    assertThat(summary.steps()).isEqualTo(7);
    assertThat(summary.epochs()).isEqualTo(1.4);
    assertThat(summary.train()).isEmpty();
    assertThat(summary.test()).isEmpty();
    assertThat(files.progress()).hasSize(1);
  }

  @Test
  void conclude_ofARunThatNeverBegan_leavesEmptyTables() {
    RunRecorder recorder = new RunRecorder(files);
    recorder.state(state(Phase.FAILED).toBuilder().setReason("device: lost").build());
    recorder.conclude();

    assertThat(dir.resolve("progress.csv")).exists();
    assertThat(dir.resolve("measurements.csv")).exists();
    assertThat(files.summary().orElseThrow().reason()).isEqualTo("device: lost");
  }

  @Test
  void snapshot_keepingTheLastTwo_fetchesNoneThatWouldGoAgain() {
    KeepPolicy lastTwo = new KeepPolicy(2);
    List<Long> fetched = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      RunRecorder recorder = new RunRecorder(files);
      LongStream.of(0, 5, 10, 15)
          .forEach(step -> recorder.snapshot(manifest(step), lastTwo, m -> fetch(m, fetched)));
      recorder.close();
    }

    assertThat(files.snapshots()).containsOnlyKeys(10L, 15L);
    assertThat(fetched).containsExactly(0L, 5L, 10L, 15L);
  }

  @Test
  void progress_thatTurnsOutStale_isTakenOutAgain() {
    RunRecorder recorder = new RunRecorder(files);
    List.of(told(1, 5, 1), told(1, 10, 2), told(1, 15, 3)).forEach(recorder::progress);
    recorder.state(placed(0, 5));
    assertThat(files.progress()).extracting(ProgressRow::step).containsExactly(5L);

    List.of(told(2, 10, 4), told(1, 20, 5)).forEach(recorder::progress);
    recorder.state(finished(10));
    recorder.conclude();

    assertThat(files.progress())
        .extracting(ProgressRow::step, row -> row.epochLoss().orElse(-1))
        .containsExactly(tuple(5L, 1.0), tuple(10L, 4.0));
    assertThat(files.timing()).hasSize(2);
  }

  @Test
  void progress_ofANewerIncarnationBeforeItsState_replacesTheOlderAtTheEnd() {
    RunRecorder recorder = new RunRecorder(files);
    List.of(told(1, 5, 1), told(1, 10, 2), told(2, 10, 4)).forEach(recorder::progress);
    recorder.state(finished(10));
    recorder.conclude();

    assertThat(files.progress())
        .extracting(row -> row.epochLoss().orElse(-1))
        .containsExactly(1.0, 4.0);
  }

  @Test
  void snapshot_thatTurnsOutStale_isReplacedOrDeleted() throws IOException {
    RunRecorder recorder = new RunRecorder(files);
    for (long step : List.of(0L, 10L, 13L)) {
      SnapshotManifest first = manifest(step).toBuilder().setIncarnation(1).build();
      recorder.snapshot(first, KeepPolicy.ALL, m -> bytes("of the first"));
    }
    recorder.state(placed(0, 5));
    assertThat(files.snapshots()).containsOnlyKeys(0L);
    recorder.snapshot(taken(10, "of the second"), KeepPolicy.ALL, m -> bytes("of the second"));
    recorder.close();
    files.storeSnapshot(10, ByteBuffer.wrap(bytes("of the first")), KeepPolicy.ALL);

    RunRecorder later = new RunRecorder(files);
    for (int i = 0; i < 2; i++) {
      later.snapshot(taken(10, "of the second"), KeepPolicy.ALL, m -> bytes("of the second"));
    }
    later.close();

    assertThat(Files.readString(files.snapshotFile(10))).isEqualTo("of the second");
    assertThat(files.snapshots()).containsOnlyKeys(0L, 10L);
  }

  private static SnapshotManifest taken(long step, String content) {
    return manifest(step).toBuilder()
        .setIncarnation(2)
        .setSha256(Hashes.sha256(bytes(content)))
        .build();
  }

  private static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  private static Progress told(int incarnation, long step, double loss) {
    return progress(step, loss).toBuilder().setIncarnation(incarnation).build();
  }

  private static RunState finished(long steps) {
    return placed(0, 5).toBuilder()
        .setPhase(Phase.FINISHED)
        .setSteps(steps)
        .setEnding(Ending.MAX_STEPS)
        .build();
  }

  @Test
  void snapshot_keepingNone_fetchesNothing() {
    List<Long> fetched = new ArrayList<>();
    RunRecorder recorder = new RunRecorder(files);
    recorder.snapshot(manifest(0), KeepPolicy.NONE, m -> fetch(m, fetched));
    recorder.close();

    assertThat(fetched).isEmpty();
    assertThat(files.snapshots()).isEmpty();
  }

  private static byte[] fetch(SnapshotManifest manifest, List<Long> fetched) {
    fetched.add(manifest.getStep());
    return "weights".getBytes(StandardCharsets.UTF_8);
  }

  private static Progress tested(long step, double accuracy) {
    return progress(step, 1.25).toBuilder().setTestAccuracy(accuracy).build();
  }
}
