package dev.gengap.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.core.Hashes;
import dev.gengap.core.UserError;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.experiment.results.RunFiles;
import dev.gengap.experiment.results.RunSummary;
import dev.gengap.experiment.results.RunSummary.Outcome;
import dev.gengap.protocol.v1.Minibatch;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.LaneWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class ExperimentSystemIT {
  private static final String SMALL =
      """
      data { set = generated, train = 60, test = 20 }
      network = mlp-1x8
      training { batch-size = 10, learning-rate = 0.05, stop { max-epochs = 3 } }
      devices { threads = 1, slots = 2 }
      """;
  private static final String LONG =
      """
      data { set = generated, train = 200, test = 20 }
      network = mlp-1x8
      training { batch-size = 10, learning-rate = 0.01, stop { max-epochs = 25 } }
      snapshots { every = 10 epochs, log-spaced = true, at = [start, end], keep = all }
      devices { threads = 1, slots = 1 }
      """;
  private static final String LONG_EPOCHS =
      """
      data { set = generated, train = 5000, test = 20 }
      network = mlp-1x8
      training { batch-size = 5, learning-rate = 0.01, stop { max-epochs = 2 } }
      devices { threads = 1, slots = 1 }
      """;
  private static final String ERRORS = "measures { errors { use = [error] } }";

  @TempDir private Path dir;

  @AfterEach
  void noThreadOfOurs_isLeft() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("gengap-") && !thread.getName().startsWith("gengap-admin")) {
        // An executor is terminated a moment before its last thread is gone.
        thread.join(5_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void experiment_runToItsEnd_leavesACompleteRunFolder(SharedBroker.Running broker)
      throws IOException {
    try (Bench bench =
        Bench.open(
            broker, dir, "complete", SMALL, ERRORS, "grid { condition.kind = [none, gaussian] }")) {
      bench.complete();

      for (int i = 0; i < 2; i++) {
        RunFiles files = bench.files(i);
        assertThat(files.progress()).extracting(ProgressRow::step).containsExactly(6L, 12L, 18L);
        assertThat(files.snapshots()).containsOnlyKeys(0L, 18L);
        assertThat(files.measurements()).extracting(MeasurementRow::step).contains(0L, 18L);
        RunSummary summary = files.summary().orElseThrow();
        assertThat(summary.outcome()).isEqualTo(Outcome.MAX_EPOCHS);
        assertThat(summary.train()).isPresent();
        assertThat(summary.test()).isPresent();
        assertThat(files.resumePoint()).doesNotExist();
      }
      for (SnapshotManifest manifest : bench.manifests()) {
        Path file = bench.folder().path().resolve(manifest.getFile());
        assertThat(Hashes.sha256(Files.readAllBytes(file))).isEqualTo(manifest.getSha256());
      }
    }
  }

  @Test
  void experiment_stoppedHalfWay_endsAsIfItNeverWas(SharedBroker.Running broker)
      throws IOException {
    try (Bench bench = Bench.open(broker, dir, "stopped", LONG, ERRORS);
        Bench undisturbed =
            bench.twin(Files.createDirectory(dir.resolve("undisturbed")), "undisturbed")) {
      try (ExperimentSystem system = bench.start()) {
        bench.awaitRecord(record -> record instanceof Progress p && p.getEpoch() > 2);
        system.stop();
        system.await();
      }
      assertThat(bench.state(0).getPhase()).isEqualTo(Phase.STOPPED);
      assertThat(bench.files(0).summary()).isEmpty();

      bench.complete();
      undisturbed.complete();

      assertThat(bench.state(0).getIncarnation()).isEqualTo(2);
      assertThat(bench.state(0).getPlacements(1).getFirstStep()).isPositive();
      assertThat(bench.manifests())
          .as("the second attempt goes on from a resume point")
          .filteredOn(manifest -> manifest.getStep() == 0)
          .extracting(SnapshotManifest::getIncarnation)
          .containsExactly(1);
      RunResults.assertSame(bench.files(0), undisturbed.files(0));
    }
  }

  @Test
  void experiment_stoppedInMidEpoch_goesOnFromThatStep(SharedBroker.Running broker)
      throws IOException {
    try (Bench bench = Bench.open(broker, dir, "mid-epoch", LONG_EPOCHS);
        Bench undisturbed =
            bench.twin(Files.createDirectory(dir.resolve("whole")), "mid-epoch-whole")) {
      try (ExperimentSystem system = bench.start()) {
        bench.awaitRecord(record -> record instanceof Progress p && p.getStep() > 20);
        system.stop();
        system.await();
      }
      bench.complete();
      undisturbed.complete();

      long resumedAt = bench.state(0).getPlacements(1).getFirstStep();
      assertThat(resumedAt).isGreaterThan(20);
      assertThat(resumedAt % 1000).as("steps into an epoch").isPositive();
      RunResults.assertSame(bench.files(0), undisturbed.files(0));
    }
  }

  @Test
  void experiment_stoppedAtOnce_endsAndCarriesOnLater(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "at-once", SMALL)) {
      try (ExperimentSystem system = bench.start()) {
        system.stop();
        system.await();
      }
      assertThat(bench.files(0).summary()).isEmpty();

      bench.complete();

      assertThat(bench.files(0).summary()).isPresent();
    }
  }

  @Test
  void run_whoseLossDiverges_failsWhileTheOtherFinishes(SharedBroker.Running broker) {
    try (Bench bench =
        Bench.open(
            broker,
            dir,
            "diverges",
            SMALL,
            ERRORS,
            "grid { training.learning-rate = [1e30, 0.05] }")) {
      bench.complete();

      RunSummary failed = bench.files(0).summary().orElseThrow();
      assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(failed.reason()).contains("is not a finite number");
      assertThat(failed.steps()).isPositive().isEqualTo(bench.state(0).getSteps());
      assertThat(failed.train()).isEmpty();
      assertThat(bench.files(1).summary().orElseThrow().outcome()).isEqualTo(Outcome.MAX_EPOCHS);

      int incarnation = bench.state(0).getIncarnation();
      bench.complete();
      assertThat(bench.state(0).getIncarnation())
          .as("it would diverge again")
          .isEqualTo(incarnation);
    }
  }

  @Test
  void run_whoseAttemptsAreExhausted_failsAndIsTriedAgainLater(SharedBroker.Running broker) {
    try (Bench bench =
        Bench.open(
            broker,
            dir,
            "exhausted",
            SMALL.replace("slots = 2", "slots = 1"),
            "grid { condition.kind = [none, gaussian] }")) {
      AtomicInteger calls = new AtomicInteger();
      bench.training(
          () ->
              calls.incrementAndGet() <= RunQueue.MOST_ATTEMPTS
                  ? new FailingBackend(new AtomicLong(), () -> new IllegalStateException("lost"))
                  : Nd4jBackend.create(1));

      bench.complete();

      RunSummary failed = bench.files(0).summary().orElseThrow();
      assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(failed.reason()).isEqualTo("lost");
      assertThat(bench.files(1).summary().orElseThrow().isFinished()).isTrue();

      bench.complete();
      assertThat(bench.files(0).summary().orElseThrow().outcome()).isEqualTo(Outcome.MAX_EPOCHS);
    }
  }

  @Test
  void experiment_thatIsFinished_doesNothing(SharedBroker.Running broker) throws IOException {
    try (Bench bench = Bench.open(broker, dir, "finished", SMALL, ERRORS)) {
      bench.complete();
      int records = bench.records().size();
      String measurements = Files.readString(bench.files(0).folder().resolve("measurements.csv"));

      bench.complete();

      assertThat(bench.records()).as("but the header").hasSize(records + 1);
      assertThat(bench.files(0).folder().resolve("measurements.csv")).hasContent(measurements);
    }
  }

  @Test
  void measures_askedForLater_areFilledIn(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "late", SMALL, ERRORS)) {
      bench.complete();
      int before = bench.files(0).measurements().size();

      bench.edit(bench.experiment().text() + "\nmeasures.late.use = [path-l2]");
      bench.complete();

      assertThat(bench.files(0).measurements()).hasSizeGreaterThan(before);
      assertThat(bench.state(0).getIncarnation()).as("nothing is trained again").isEqualTo(1);
      assertThat(bench.files(0).progress()).hasSize(3);
      assertMeasuredOnce(bench);
    }
  }

  @Test
  void measureGroup_thatBreaksOff_isRestartedAndMeasuresNothingTwice(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "restarts", SMALL, ERRORS)) {
      AtomicInteger calls = new AtomicInteger();
      bench.measuring(
          () -> {
            if (calls.incrementAndGet() <= 2) {
              throw new IllegalStateException("device: lost");
            }
            return Nd4jBackend.create(1);
          });

      bench.complete();

      assertThat(calls).hasValue(3);
      assertThat(bench.files(0).summary()).isPresent();
      assertMeasuredOnce(bench);
    }
  }

  private static void assertMeasuredOnce(Bench bench) {
    assertThat(bench.measurements())
        .allMatch(measurement -> measurement.getAttempt() == 1)
        .extracting(m -> m.getRun() + "/" + m.getStep() + "/" + m.getMeasure())
        .doesNotHaveDuplicates();
  }

  @Test
  void measureGroup_thatAlwaysBreaksOff_endsTheExperiment(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "hopeless", SMALL, ERRORS)) {
      bench.measuring(
          () -> {
            throw new IllegalStateException("device: lost");
          });

      assertThatThrownBy(bench::complete)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("device: lost");
    }
  }

  @Test
  void recorder_thatCannotWrite_endsTheExperimentWithTheUsersError(SharedBroker.Running broker)
      throws IOException {
    try (Bench bench = Bench.open(broker, dir, "disk", SMALL)) {
      Path blocked = Files.createDirectories(bench.files(0).folder().resolve("timing.csv/x"));

      assertThatThrownBy(bench::complete)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("timing.csv");

      Files.delete(blocked);
      Files.delete(blocked.getParent());
      bench.complete();
      assertThat(bench.files(0).summary()).isPresent();
    }
  }

  @Test
  void feeder_withoutItsData_endsTheExperimentWithTheUsersError(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "no-data", SMALL.replace("generated", "mnist"))) {
      assertThatThrownBy(bench::complete)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("mnist");

      assertThat(bench.state(0).getPhase()).isEqualTo(Phase.STOPPED);
    }
  }

  @Test
  void run_thatAnotherProcessTookOver_stops(SharedBroker.Running broker) {
    try (Bench bench = Bench.open(broker, dir, "stale", LONG);
        ExperimentSystem system = bench.start()) {
      bench.awaitRecord(record -> record instanceof Progress p && p.getEpoch() > 1);
      try (LaneWriter lane = LaneWriter.open(bench.connection(), 0)) {
        lane.send(
            Minibatch.newBuilder()
                .setSchemaVersion(1)
                .setRun(bench.run(0))
                .setIncarnation(7)
                .build());
      }

      assertThatThrownBy(system::await)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("incarnation: 7");
      assertThat(
              bench.records().stream()
                  .filter(RunState.class::isInstance)
                  .map(state -> ((RunState) state).getIncarnation())
                  .collect(Collectors.toSet()))
          .doesNotContain(2);
    }
  }
}
