package dev.gengap.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedBrokerIT {
  @TempDir Path dir;

  @Test
  void start_overAnExistingFolder_findsItsTopicsAgain() throws Exception {
    String cluster;
    try (var broker = EmbeddedBroker.start(dir, EmbeddedBrokerIT::unexpected);
        var admin = admin(broker)) {
      assertThat(BrokerAddress.ofRunning(dir))
          .contains(new BrokerAddress(broker.bootstrap(), ProcessHandle.current().pid()));
      cluster = admin.describeCluster().clusterId().get();
      createTopic(admin, "kept");
    }
    assertThat(BrokerAddress.ofRunning(dir)).isEmpty();

    try (var broker = EmbeddedBroker.start(dir, EmbeddedBrokerIT::unexpected);
        var admin = admin(broker)) {
      assertThat(admin.describeCluster().clusterId().get()).isEqualTo(cluster);
      assertThat(admin.listTopics().names().get()).contains("kept");
    }
  }

  @Test
  void start_atAHostOfItsOwn_servesThere() throws Exception {
    try (var broker = EmbeddedBroker.start(dir, "localhost", EmbeddedBrokerIT::unexpected);
        var admin = admin(broker)) {
      assertThat(broker.bootstrap()).startsWith("localhost:");
      assertThat(admin.describeCluster().nodes().get())
          .extracting(Node::host)
          .containsExactly("localhost");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "no-such-host.invalid"})
  void start_atAHostOfAnotherMachine_isRefused(String host) {
    assertThatThrownBy(() -> EmbeddedBroker.start(dir, host, EmbeddedBrokerIT::unexpected))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("broker host: " + host + " (expected: a name or address of ");
  }

  @Test
  void start_secondInThisProcess_isRefused() {
    try (var broker = EmbeddedBroker.start(dir, EmbeddedBrokerIT::unexpected)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(dir, EmbeddedBrokerIT::unexpected))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("which serves " + broker.bootstrap());
    }
  }

  @Test
  void start_heldByAnotherProcess_isRefusedUntilThatIsKilled() throws Exception {
    try (var other = BrokerProcess.start(dir)) {
      assertThat(BrokerAddress.ofRunning(dir)).contains(other.address());
      assertThatThrownBy(() -> EmbeddedBroker.start(dir, EmbeddedBrokerIT::unexpected))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "%s: broker data folder: in use by process %d, which serves %s (expected: free);"
                      .formatted(dir, other.address().pid(), other.address().bootstrap())
                  + " wait for it to end, or attach to it");
    }
    assertThat(BrokerAddress.ofRunning(dir)).isEmpty();

    try (var broker = EmbeddedBroker.start(dir, EmbeddedBrokerIT::unexpected);
        var admin = admin(broker)) {
      createTopic(admin, "after-the-kill");
    }
  }

  @Test
  void disk_failsWhileRunning_endsInOneLine() throws Exception {
    var lines = new ArrayBlockingQueue<String>(10);
    try (var broker = EmbeddedBroker.start(dir, lines::add);
        var admin = admin(broker)) {
      destroy(dir.resolve("log"));
      admin.createTopics(List.of(new NewTopic("impossible", 1, (short) 1)));

      assertThat(lines.poll(30, TimeUnit.SECONDS))
          .startsWith(dir + ": broker data folder: failed, ")
          .endsWith(
              "MiB free (expected: a disk that can be written);"
                  + " mend the disk or free space and run the same command again");
    }
    assertThat(lines).isEmpty();
  }

  /** Puts a file in the folder's place, so that Kafka can write nothing more. */
  private static void destroy(Path folder) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
    Files.createFile(folder);
  }

  private static void unexpected(String line) {
    throw new AssertionError(line);
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  private static void createTopic(Admin admin, String name) throws Exception {
    admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
  }
}
