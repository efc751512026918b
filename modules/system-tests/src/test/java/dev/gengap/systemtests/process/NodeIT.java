package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.broker.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which nodes a cluster lets in, and what those are told that it does not. */
class NodeIT {
  private static final String NOT_LET_IN = " has let this one in for 20 s; it tries on.";

  @TempDir private Path folder;

  private Gengap gengap;
  private RunningCommand broker;
  private String bootstrap;

  @BeforeEach
  void startBroker() {
    gengap = new Gengap(folder);
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
  void nodes_withMutualTls_letInOnlyWhoHasTheirAuthority() throws IOException {
    NodeKeys keys = NodeKeys.in(folder.resolve("keys"));
    NodeKeys others = NodeKeys.in(folder.resolve("other-keys"));
    String file = ExperimentText.TINY.in(folder.resolve("tiny.conf"));
    try (RunningCommand first = node("first", keys.options())) {
      first.awaitUntil("it is in", () -> isIn("first"));
      try (RunningCommand plain = node("plain", List.of());
          RunningCommand stranger = node("stranger", others.options());
          RunningCommand second = node("second", keys.options())) {
        assertThat(node("expired", keys.expiredOptions()).await())
            .satisfies(ended -> assertThat(ended.code()).isEqualTo(2))
            .satisfies(
                ended ->
                    assertThat(ended.err())
                        .startsWith("gengap: --tls-keystore: ")
                        .contains("(expected: a certificate that is valid now; this one is from "));
        second.awaitUntil("it is in", () -> isIn("second"));
        assertThat(gengap.run("submit", file, "--bootstrap", bootstrap).code()).isZero();
        Result worker = node("worker", with(keys.options(), "--until-idle")).await();

        assertThat(worker.code()).as(worker::err).isZero();
        plain.awaitUntil("it complains", () -> plain.errors().contains(NOT_LET_IN));
        stranger.awaitUntil("it complains", () -> stranger.errors().contains(NOT_LET_IN));
        assertThat(stranger.log()).contains("SSLHandshakeException");
        assertThat(isIn("plain") || isIn("stranger")).isFalse();
        assertThat(first.errors()).isEmpty();
      }
    }
    assertThat(RunFolderFiles.below(folder.resolve("runs")).byRun("summary.json")).hasSize(2);
    assertThat(outputs()).noneMatch(text -> text.contains(NodeKeys.PASSWORD));
  }

  @Test
  void node_unlikeTheOthers_isRefused() throws IOException {
    Path versions = folder.resolve("dev/gengap/cli/version");
    Files.createDirectories(versions);
    Files.writeString(versions.resolve("version.properties"), "version=9.9.9\n");
    Path elsewhere = folder.resolve("elsewhere");
    try (RunningCommand first = node("first", List.of());
        RunningCommand otherBroker = gengap.start("broker", elsewhere.toString())) {
      first.awaitUntil("it is in", () -> isIn("first"));
      otherBroker.awaitUntil("it serves", () -> Files.exists(elsewhere.resolve("broker.json")));
      String address = first.output().split(" ", -1)[1].replaceAll(":$", "");

      try (RunningCommand newer =
              gengap.startBefore(folder, "node", "--bootstrap", bootstrap, "--roles", "trainer");
          RunningCommand astray =
              gengap.start(
                  "node",
                  "--bootstrap",
                  BrokerAddress.read(elsewhere).bootstrap(),
                  "--seed",
                  address)) {
        Result ofAnotherVersion = newer.await();
        Result ofOtherBrokers = astray.await();

        assertThat(ofAnotherVersion.code()).isEqualTo(2);
        assertThat(ofAnotherVersion.errorLines())
            .singleElement()
            .asString()
            .startsWith("gengap: node: 9.9.9 at brokers ");
        assertThat(ofOtherBrokers.code()).isEqualTo(2);
        assertThat(ofOtherBrokers.errorLines()).hasSize(1);
      }
      assertThat(first.log())
          .contains("gengap.agreement.version: 9.9.9 (expected: ")
          .contains("gengap.agreement.brokers: ");
    }
  }

  @Test
  void node_thatCannotStart_saysWhy() throws IOException {
    Path file = Files.writeString(folder.resolve("address"), "\n" + bootstrap + "\n");
    try (RunningCommand first =
        gengap.start("node", "--bootstrap-file", file.toString(), "--health", "first")) {
      first.awaitUntil("it is in", () -> isIn("first"));
      String port = first.output().split(" ", -1)[1].replaceAll(".*:(\\d+):$", "$1");

      Result taken = gengap.run("node", "--bootstrap", bootstrap, "--port", port);
      Result unreachable = gengap.run("node", "--bootstrap", "127.0.0.1:1", "--timeout", "1");
      Result without = gengap.run("node", "--bootstrap-file", "nowhere");

      assertThat(taken.code()).isEqualTo(2);
      assertThat(taken.errorLines())
          .singleElement()
          .asString()
          .startsWith("gengap: address: 127.0.0.1:" + port + " (expected: one of this machine that")
          .endsWith("name others with --host and --port");
      assertThat(unreachable.code()).isEqualTo(2);
      assertThat(unreachable.err()).contains("a Kafka broker that answers within 1 s");
      assertThat(without.code()).isEqualTo(2);
      assertThat(without.err()).startsWith("gengap: --bootstrap-file: nowhere (expected: a file");
      first.signal("TERM");
      assertThat(first.await().code()).isEqualTo(143);
    }
  }

  @Test
  void experiment_thatTheCoordinatorCannotOpen_saysWhyInItsStatus() {
    String file =
        ExperimentText.TINY
            .with("set = generated, train = 200, test = 100", "set = mnist")
            .in(folder.resolve("tiny.conf"));
    assertThat(gengap.run("submit", file, "--bootstrap", bootstrap).code()).isZero();

    Result node = node("node", List.of("--until-idle", "--data", "nowhere")).await();
    Result status = gengap.run("status", ExperimentText.NAME, "--bootstrap", bootstrap);
    Result list = gengap.run("status", "--bootstrap", bootstrap);

    assertThat(node.code()).isEqualTo(2);
    assertThat(node.err()).startsWith("gengap: experiment tiny: ").contains("mend that and submit");
    assertThat(status.out()).contains("tiny cannot go on: ").contains("nowhere");
    assertThat(list.out()).contains("tiny cannot go on: ");
  }

  private RunningCommand node(String health, List<String> options) {
    List<String> command =
        with(List.of("node", "--bootstrap", bootstrap), "--health", health, "--runs", "runs");
    return gengap.start(with(command, options.toArray(String[]::new)).toArray(String[]::new));
  }

  private boolean isIn(String health) {
    return Files.exists(folder.resolve(health));
  }

  private static List<String> with(List<String> options, String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return all;
  }

  private List<String> outputs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("process-"))
          .map(RunFolderFiles::text)
          .toList();
    }
  }
}
