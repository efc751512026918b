package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.SnapshotManifest;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.SnapshotReader;
import dev.gengap.streams.SnapshotWriter;
import dev.gengap.streams.StreamsConfig;
import dev.gengap.streams.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that sleeps while another leads in its place, and wakes up under its readers. */
class StaleLeaderIT {
  private static final Duration ASKING = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void fetch_fromABrokerThatStillThinksItLeads_waitsForWhatWasAnnounced()
      throws ExecutionException, InterruptedException {
    try (KafkaCluster kafka = KafkaCluster.of(3).start(folder);
        BrokerConnection connection =
            BrokerConnection.open(StreamsConfig.of(kafka.bootstrap(), "stale"))) {
      connection.createTopics(0, TopicSettings.of(3));
      try (SnapshotWriter writer = SnapshotWriter.open(connection);
          SnapshotReader one = SnapshotReader.open(connection);
          SnapshotReader other = SnapshotReader.open(connection)) {
        SnapshotManifest first = publish(writer, 0);
        assertThat(one.fetch(first)).isEqualTo(payload(0));
        assertThat(other.fetch(first)).isEqualTo(payload(0));

        int leader = leader(kafka, first.getPartition());
        kafka.freeze(leader);
        SnapshotManifest atItsEnd = publish(writer, 1);
        SnapshotManifest beyondIt = publish(writer, 2);
        CompletableFuture<byte[]> near = CompletableFuture.supplyAsync(() -> one.fetch(atItsEnd));
        CompletableFuture<byte[]> far = CompletableFuture.supplyAsync(() -> other.fetch(beyondIt));
        assertThat(near).failsWithin(ASKING).withThrowableOfType(TimeoutException.class);
        assertThat(far).isNotDone();
        kafka.thaw(leader);

        assertThat(near).succeedsWithin(PATIENCE).isEqualTo(payload(1));
        assertThat(far).succeedsWithin(PATIENCE).isEqualTo(payload(2));
      }
    }
  }

  private static SnapshotManifest publish(SnapshotWriter writer, int step) {
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

  private static int leader(KafkaCluster kafka, int partition)
      throws ExecutionException, InterruptedException {
    String topic =
        StreamsConfig.of(kafka.bootstrap(), "stale").topics().name(TopicKind.SNAPSHOT_CHUNKS);
    TopicDescription description =
        kafka.admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    return description.partitions().get(partition).leader().id();
  }
}
