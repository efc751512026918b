package dev.gengap.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.systemtests.process.ExperimentText;
import dev.gengap.systemtests.process.Gengap;
import dev.gengap.systemtests.process.KafkaCluster;
import dev.gengap.systemtests.process.RunFolderFiles;
import dev.gengap.systemtests.process.RunningCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Experiments on a cluster whose processes are killed and frozen, by schedules that seeds draw, end
 * as one that nothing happened to. Three seeds, or with {@code -Dgengap.long} thirty; {@code
 * -Dgengap.seeds=3,14} takes others.
 */
class KillScheduleIT {
  private static final int ALL = 30;

  /** They kill a trainer, the coordinator's host, a broker and more, and freeze a trainer. */
  private static final String FEW = "8,10,13";

  private static final List<String> NODES =
      List.of("coordinator-1", "coordinator-2", "feeder-1", "trainer-1", "trainer-2", "measure-1");

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int EPOCHS = 600;
  private static final int RUNS = 2;

  private static final ExperimentText EXPERIMENT =
      ExperimentText.TINY
          .with("batch-size = 20, learning-rate = 0.05", "batch-size = 5, learning-rate = 0.005")
          .with("max-epochs = 4", "evaluate = full, max-epochs = " + EPOCHS)
          .with("use = [error]", "use = [error, optimisation, memorisation]")
          .with("every = 2 epochs", "every = 5000 steps");

  @TempDir private static Path folder;
  private static KafkaCluster kafka;
  private static NodeCluster nodes;
  private static Outcome undisturbed;

  static Stream<KillSchedule> schedules() {
    String seeds = System.getProperty("gengap.seeds", FEW);
    LongStream drawn =
        System.getProperty("gengap.long") != null
            ? LongStream.rangeClosed(1, ALL)
            : Stream.of(seeds.split(",", -1)).mapToLong(Long::parseLong);
    return drawn.mapToObj(KillSchedule::draw);
  }

  @BeforeAll
  static void start() {
    Gengap gengap = new Gengap(folder);
    String file = EXPERIMENT.in(folder.resolve("tiny.conf"));
    try (RunningCommand run = gengap.start("run", file, "--runs", "whole")) {
      kafka = KafkaCluster.of(3).start(createFolder("kafka"));
      startNodes("nodes");
      assertThat(run.endsWithin(PATIENCE.toMillis())).as("the undisturbed run ends").isTrue();
      assertThat(run.await().code()).isZero();
    }
    undisturbed = Outcome.of(RunFolderFiles.below(folder.resolve("whole")));
  }

  private static void startNodes(String name) {
    nodes =
        new NodeCluster(
            createFolder(name), List.of("--bootstrap", kafka.bootstrap(), "--replication", "3"));
    NODES.forEach(nodes::start);
  }

  private static Path createFolder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    if (nodes != null) {
      nodes.close();
    }
    if (kafka != null) {
      kafka.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schedules")
  void experiment_whileProcessesAreLost_endsAsOneUndisturbed(KillSchedule schedule) {
    String name = "disturbed-" + schedule.seed();
    RunFolderFiles files = new RunFolderFiles(nodes.runs().resolve(name));
    boolean passed = false;
    try {
      check(schedule, name, files);
      passed = true;
    } finally {
      if (!passed) {
        System.err.println(schedule + "\n" + nodes.warnings());
        // What is left of it is not to disturb the next.
        nodes.close();
        startNodes("nodes-after-" + schedule.seed());
        nodes.delete(name);
      }
    }
  }

  private static void check(KillSchedule schedule, String name, RunFolderFiles files) {
    long began = System.nanoTime();
    String file = EXPERIMENT.with("name = tiny", "name = " + name).in(folder.resolve(name));
    assertThat(nodes.submit(file).code()).isZero();
    List<Disturbance> happened =
        new DisturbedCluster(kafka, nodes)
            .play(schedule, () -> progress(files), () -> Outcome.isThere(files));

    assertThat(Outcome.of(files)).as("files").isEqualTo(undisturbed);
    Told told = Told.read(kafka.bootstrap(), name);
    assertThat(told.differences(undisturbed)).as("on Kafka").isEmpty();
    if (told.incarnations() > RUNS) {
      // A tenth of the training is done before the first loss, so there are resume points.
      assertThat(told.someWentOn()).as("some assignment went on from a resume point").isTrue();
    }
    nodes
        .node("feeder-1")
        .awaitUntil("one node coordinates", () -> nodes.coordinators().size() == 1);
    assertThat(nodes.delete(name).code()).isZero();
    System.err.printf(
        "%s: %s happened, %d incarnations, %.0f s%n",
        schedule, happened.size(), told.incarnations(), (System.nanoTime() - began) / 1e9);
  }

  /** By the rows in the files of the runs. */
  private static double progress(RunFolderFiles files) {
    long rows =
        files.runs().stream()
            .map(run -> run.resolve("progress.csv"))
            .filter(Files::exists)
            .mapToLong(table -> RunFolderFiles.text(table).lines().skip(1).count())
            .sum();
    return (double) rows / (EPOCHS * RUNS);
  }
}
