package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import dev.gengap.broker.BrokerAddress;
import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.ExclusiveLog;
import dev.gengap.streams.RecordTail;
import dev.gengap.streams.RecordType;
import dev.gengap.streams.RecordTypes;
import dev.gengap.streams.StreamsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that passes from one process of a cluster to another, or back. */
class HandOverIT {
  private static final ExperimentText MANY_EPOCHS =
      ExperimentText.TINY.with("max-epochs = 4", "max-epochs = 400");
  private static final ExperimentText LONG_EPOCH =
      ExperimentText.TINY
          .with("train = 200", "train = 20000")
          .with("batch-size = 20, learning-rate = 0.05", "batch-size = 1, learning-rate = 0.001")
          .with("max-epochs = 4", "max-epochs = 1")
          .with("condition.kind = [none, random-labels]", "seed = [1]");

  @TempDir private Path folder;

  private Gengap gengap;
  private RunningCommand broker;
  private String bootstrap;
  private RunFolderFiles files;

  @BeforeEach
  void startBroker() {
    gengap = new Gengap(folder);
    files = RunFolderFiles.below(folder.resolve("runs"));
    Path data = folder.resolve("broker");
    broker = gengap.start("broker", data.toString());
    broker.awaitUntil("it serves", () -> Files.exists(data.resolve("broker.json")));
    bootstrap = BrokerAddress.read(data).bootstrap();
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  @Test
  void coordinator_thatAnotherShutOut_takesTheExperimentUpAgain() {
    submit(MANY_EPOCHS);
    try (RunningCommand node = node("coordinator,feeder,trainer,measure", "--until-idle")) {
      node.awaitUntil("it trains", this::trains);
      shutOut();

      assertThat(node.await().code()).as(node::log).isZero();
      assertThat(node.log())
          .contains("writer: another process (expected: this one alone)")
          .containsPattern("(?s)no longer.*coordinates the cluster\n.*experiment tiny begins");
    }
    assertThat(gengap.run("status", ExperimentText.NAME, "--bootstrap", bootstrap).out())
        .doesNotContain("cannot go on");
    assertThat(files.byRun("summary.json")).hasSize(2);
  }

  @Test
  void trainer_thatLeavesInMidEpoch_isFollowedFromTheStepItLeft() {
    submit(LONG_EPOCH);
    try (RunningCommand rest = node("coordinator,feeder,measure", "--until-idle")) {
      try (RunningCommand leaving = node("trainer")) {
        leaving.awaitUntil("it trains", this::isBeyondStepNine);
        leaving.signal("TERM");
        assertThat(leaving.await().code()).isEqualTo(143);
      }
      try (RunningCommand following = node("trainer")) {
        following.awaitUntil("the experiment ends", () -> rest.endsWithin(1));
        assertThat(rest.await().code()).as(rest::log).isZero();
        following.signal("TERM");
        assertThat(following.await().code()).isEqualTo(143);
      }
    }
    assertThat(files.byRun("summary.json")).hasSize(1);
    assertThat(anyMatch(RecordTypes.RUN_STATES, HandOverIT::wentOnInMidEpoch)).isTrue();
  }

  private boolean isBeyondStepNine() {
    return !files.runs().isEmpty() && anyMatch(RecordTypes.PROGRESS, p -> p.getStep() > 9);
  }

  private static boolean wentOnInMidEpoch(RunState state) {
    return state.getPlacementsList().stream()
        .map(Placement::getFirstStep)
        .anyMatch(step -> step > 9 && step < state.getStepsPerEpoch());
  }

  private <T extends MessageLite> boolean anyMatch(RecordType<T> type, Predicate<T> wanted) {
    try (BrokerConnection connection = connect();
        RecordTail<T> tail = RecordTail.open(connection, type)) {
      return tail.readToEnd().stream().anyMatch(wanted);
    }
  }

  private void submit(ExperimentText experiment) {
    String file = experiment.in(folder.resolve("tiny.conf"));
    assertThat(gengap.run("submit", file, "--bootstrap", bootstrap).code()).isZero();
  }

  private RunningCommand node(String roles, String... more) {
    List<String> command = List.of("node", "--bootstrap", bootstrap, "--runs", "runs");
    return gengap.start(
        Stream.of(command.stream(), Stream.of("--roles", roles), Stream.of(more))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private boolean trains() {
    return files.runs().stream().anyMatch(run -> Files.exists(run.resolve("progress.csv")));
  }

  private BrokerConnection connect() {
    return BrokerConnection.open(StreamsConfig.of(bootstrap, ExperimentText.NAME));
  }

  private void shutOut() {
    try (BrokerConnection connection = connect()) {
      ExclusiveLog.open(connection).close();
    }
  }
}
