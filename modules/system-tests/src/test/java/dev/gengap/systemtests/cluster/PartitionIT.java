package dev.gengap.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.gengap.systemtests.cluster.Namespaces.Part;
import dev.gengap.systemtests.process.ExperimentText;
import dev.gengap.systemtests.process.Gengap;
import dev.gengap.systemtests.process.Polling;
import dev.gengap.systemtests.process.RunFolderFiles;
import dev.gengap.systemtests.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two groups of nodes that lose sight of each other for a while, though both still reach the
 * brokers: the larger group carries on, whoever coordinated before, and afterwards all are one
 * cluster again. With {@code -Dgengap.long} also for two minutes.
 */
class PartitionIT {
  private static final String NAME = "tiny";
  private static final int EPOCHS = 500;

  private static final ExperimentText EXPERIMENT =
      ExperimentText.TINY
          .with("batch-size = 20, learning-rate = 0.05", "batch-size = 5, learning-rate = 0.005")
          .with("max-epochs = 4", "evaluate = full, max-epochs = " + EPOCHS)
          .with("every = 2 epochs", "every = 5000 steps");

  /** The smaller group has the coordinator, since its nodes are there first. */
  private static final Map<Part, List<String>> GROUPS =
      Map.of(
          Part.LEFT, List.of("coordinator-1", "trainer-1", "measure-1"),
          Part.RIGHT, List.of("coordinator-2", "feeder-2", "trainer-2", "measure-2"));

  @TempDir private Path folder;
  private Namespaces network;
  private Gengap hub;
  private RunningCommand broker;
  private NodeCluster nodes;

  static IntStream seconds() {
    return System.getProperty("gengap.long") == null ? IntStream.of(20) : IntStream.of(20, 120);
  }

  @BeforeEach
  void start() throws IOException {
    try {
      network = Namespaces.create();
    } catch (IllegalStateException e) {
      abort("needs root and network namespaces: " + e.getMessage());
    }
    Path data = folder.resolve("broker");
    hub = new Gengap(folder("hub"), network.launcher(Part.HUB));
    broker = hub.start("broker", data.toString(), "--host", Part.HUB.host());
    broker.awaitUntil("it serves", () -> broker.output().contains("BOOTSTRAP="));
    nodes = new NodeCluster(folder("nodes"), List.of("--bootstrap", bootstrap()));
    startGroup(Part.LEFT);
    broker.awaitUntil("one coordinates", () -> nodes.coordinators().size() == 1);
    startGroup(Part.RIGHT);
  }

  private void startGroup(Part side) throws IOException {
    NodeCluster.Place place =
        new NodeCluster.Place(new Gengap(folder(side.name()), network.launcher(side)), side.host());
    GROUPS.get(side).forEach(name -> nodes.start(name, place));
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private String bootstrap() {
    String said = broker.output();
    return said.substring(said.indexOf('=') + 1).strip();
  }

  @AfterEach
  void stop() {
    if (nodes != null) {
      nodes.close();
    }
    if (broker != null) {
      broker.close();
    }
    if (network != null) {
      network.close();
    }
  }

  @ParameterizedTest(name = "cut for {0} s")
  @MethodSource("seconds")
  void experiment_whileGroupsLoseSightOfEachOther_endsAsOneUndisturbed(int seconds) {
    RunFolderFiles files = new RunFolderFiles(nodes.runs().resolve(NAME));
    RunFolderFiles whole = RunFolderFiles.below(folder.resolve("hub/whole"));
    String file = EXPERIMENT.in(folder.resolve("tiny.conf"));
    try (RunningCommand undisturbed = hub.start("run", file, "--runs", "whole")) {
      assertThat(undisturbed.endsWithin(Duration.ofMinutes(5).toMillis())).isTrue();
    }
    broker.awaitUntil("all are members", nodes::isHealthy);
    assertThat(nodes.coordinators()).containsExactly("coordinator-1");

    assertThat(nodes.submit(file, hub).code()).isZero();
    broker.awaitUntil("a third is trained", () -> progress(files) > EPOCHS / 3 * 2);
    network.cut();
    Polling.until(Duration.ofSeconds(seconds), () -> false);
    List<String> apart = nodes.coordinators();
    network.heal();
    nodes.forgetHealth();

    Polling.until(Duration.ofMinutes(3), () -> Outcome.isThere(files));
    assertThat(Outcome.of(files)).as("files").isEqualTo(Outcome.of(whole));
    RunningCommand told =
        hub.startMain(ToldMain.class, bootstrap(), NAME, whole.folder().toString());
    assertThat(told.await().err()).as("on Kafka").isEmpty();
    Polling.until(
        Duration.ofMinutes(1), () -> nodes.isHealthy() && nodes.coordinators().size() == 1);
    assertThat(nodes.isHealthy()).as("all are members:%n%s", nodes.warnings()).isTrue();
    assertThat(nodes.coordinators()).as(nodes.warnings()).hasSize(1);
    if (seconds > 60) {
      assertThat(apart).as("the larger group carried on").containsExactly("coordinator-2");
    }
  }

  private static long progress(RunFolderFiles files) {
    return files.runs().stream()
        .map(run -> run.resolve("progress.csv"))
        .filter(Files::exists)
        .mapToLong(table -> RunFolderFiles.text(table).lines().skip(1).count())
        .sum();
  }
}
