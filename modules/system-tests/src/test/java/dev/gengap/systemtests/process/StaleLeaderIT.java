package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.SnapshotReader;
import dev.gengap.streams.SnapshotWriter;
import dev.gengap.streams.StreamsConfig;
import dev.gengap.streams.TopicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that sleeps while another leads in its place, and wakes up under its readers. */
class StaleLeaderIT {
  private static final String EXPERIMENT = "stale";
  private static final Duration ASKING = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Fetches two snapshots, told where they are by the files place-0 and place-1. */
  private static final String READER =
      """
      import os, sys, time
      from gengap import messages, topics
      from gengap.broker import Broker

      broker = Broker(sys.argv[1], "stale")
      for step in (0, 1):
          while not os.path.exists(f"place-{step}"):
              time.sleep(0.02)
          payload, *numbers, sha256 = open(f"place-{step}").read().split()
          print(f"asks for {step}", flush=True)
          at = messages.Location(payload, *map(int, numbers), sha256)
          data = messages.fetch_chunks(broker, topics.SNAPSHOT_CHUNKS, at)
          print(f"has {step}: {list(data)}", flush=True)
      """;

  @TempDir private Path folder;
  private KafkaCluster kafka;
  private BrokerConnection connection;
  private SnapshotWriter writer;

  @BeforeEach
  void start() {
    kafka = KafkaCluster.of(3).start(folder);
    connection = BrokerConnection.open(StreamsConfig.of(kafka.bootstrap(), EXPERIMENT));
    connection.createTopics(0, TopicSettings.of(3));
    writer = SnapshotWriter.open(connection);
  }

  @AfterEach
  void stop() {
    try {
      if (writer != null) {
        writer.close();
        connection.close();
      }
    } finally {
      if (kafka != null) {
        kafka.close();
      }
    }
  }

  @Test
  void fetch_fromABrokerThatStillThinksItLeads_waitsForWhatWasAnnounced()
      throws ExecutionException, InterruptedException {
    SnapshotManifest first = publish(0);
    try (SnapshotReader one = SnapshotReader.open(connection);
        SnapshotReader other = SnapshotReader.open(connection)) {
      assertThat(one.fetch(first)).isEqualTo(payload(0));
      assertThat(other.fetch(first)).isEqualTo(payload(0));

      int leader = leader(first.getPartition());
      kafka.freeze(leader);
      SnapshotManifest atItsEnd = publish(1);
      SnapshotManifest beyondIt = publish(2);
      CompletableFuture<byte[]> near = CompletableFuture.supplyAsync(() -> one.fetch(atItsEnd));
      CompletableFuture<byte[]> far = CompletableFuture.supplyAsync(() -> other.fetch(beyondIt));
      assertThat(near).failsWithin(ASKING).withThrowableOfType(TimeoutException.class);
      assertThat(far).isNotDone();
      kafka.thaw(leader);

      assertThat(near).succeedsWithin(PATIENCE).isEqualTo(payload(1));
      assertThat(far).succeedsWithin(PATIENCE).isEqualTo(payload(2));
    }
  }

  @Test
  void fetchInPython_fromABrokerThatStillThinksItLeads_waitsForWhatWasAnnounced()
      throws ExecutionException, InterruptedException, IOException {
    Path scripts = Files.createDirectories(folder.resolve("python"));
    Python python = Python.build(scripts);
    SnapshotManifest first = publish(0);
    try (RunningCommand reader = python.start("-c", READER, kafka.bootstrap())) {
      tell(scripts, first);
      reader.awaitUntil("it knows the leader", () -> reader.output().contains("has 0: [1, 2, 0]"));

      int leader = leader(first.getPartition());
      kafka.freeze(leader);
      tell(scripts, publish(1));
      reader.awaitUntil("it asks", () -> reader.output().contains("asks for 1"));
      assertThat(reader.endsWithin(ASKING.toMillis())).isFalse();
      kafka.thaw(leader);

      Result ended = reader.await();
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out()).endsWith("has 1: [1, 2, 1]\n");
    }
  }

  /** Moved into place, so that nobody reads half of it. */
  private static void tell(Path scripts, SnapshotManifest manifest) throws IOException {
    String place =
        "%s/%d/%d %d %d %d %d %d %s"
            .formatted(
                manifest.getRun(),
                manifest.getIncarnation(),
                manifest.getStep(),
                manifest.getPartition(),
                manifest.getFirstOffset(),
                manifest.getLastOffset(),
                manifest.getChunks(),
                manifest.getBytes(),
                manifest.getSha256());
    Path file = Files.writeString(scripts.resolve("place"), place);
    Files.move(file, scripts.resolve("place-" + manifest.getStep()));
  }

  private SnapshotManifest publish(int step) {
    SnapshotManifest header =
        SnapshotManifest.newBuilder()
            .setRun("0123456789ab")
            .setIncarnation(1)
            .setStep(step)
            .build();
    return writer.publish(header, payload(step)).join();
  }

  private static byte[] payload(int step) {
    return new byte[] {1, 2, (byte) step};
  }

  private int leader(int partition) throws ExecutionException, InterruptedException {
    String topic = connection.topics().name(TopicKind.SNAPSHOT_CHUNKS);
    TopicDescription description =
        kafka.admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    return description.partitions().get(partition).leader().id();
  }
}
