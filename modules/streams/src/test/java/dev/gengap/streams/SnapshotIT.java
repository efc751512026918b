package dev.gengap.streams;

import static dev.gengap.streams.Batches.OTHER_RUN;
import static dev.gengap.streams.Batches.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.Hashes;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class SnapshotIT {
  @Test
  void publish_largerThanARecord_isFetchedWhole(BrokerConnection connection) {
    byte[] first = payload(5_000_000, 1);
    byte[] second = payload(17, 2);
    try (var writer = SnapshotWriter.open(connection);
        var tail = RecordTail.open(connection, RecordTypes.SNAPSHOTS);
        var reader = SnapshotReader.open(connection)) {
      var both = writer.publish(header(RUN, 0), first);
      SnapshotManifest later = writer.publish(header(OTHER_RUN, 7), second).join();
      SnapshotManifest manifest = both.join();

      assertThat(tail.readToEnd()).containsExactly(manifest, later);
      assertThat(manifest.getChunks()).isEqualTo(6);
      assertThat(manifest.getBytes()).isEqualTo(5_000_000);
      assertThat(manifest.getSha256()).isEqualTo(Hashes.sha256(first));
      assertThat(reader.fetch(later)).isEqualTo(second);
      assertThat(reader.fetch(manifest)).isEqualTo(first);
    }
  }

  @Test
  void fetch_otherBytesThanAnnounced_isRefused(BrokerConnection connection) {
    try (var writer = SnapshotWriter.open(connection);
        var reader = SnapshotReader.open(connection)) {
      SnapshotManifest manifest = writer.publish(header(RUN, 0), payload(100, 1)).join();
      String lie = Hashes.sha256("something else");

      assertThatThrownBy(() -> reader.fetch(manifest.toBuilder().setSha256(lie).build()))
          .isInstanceOf(StreamException.class)
          .hasMessageContaining("payload " + RUN + "/1/0: SHA-256: " + manifest.getSha256())
          .hasMessageContaining("(expected: " + lie + ")");
      assertThatThrownBy(() -> reader.fetch(manifest.toBuilder().setBytes(99).build()))
          .hasMessageContaining("bytes: 100 (expected: 99)");
    }
  }

  @Test
  void fetch_missingChunks_isRefused(BrokerConnection connection) {
    try (var writer = SnapshotWriter.open(connection);
        var reader = SnapshotReader.open(connection)) {
      SnapshotManifest manifest = writer.publish(header(RUN, 0), payload(2_000_000, 1)).join();
      SnapshotManifest late =
          manifest.toBuilder().setFirstOffset(manifest.getFirstOffset() + 1).build();
      SnapshotManifest never = manifest.toBuilder().setStep(3).build();

      assertThatThrownBy(() -> reader.fetch(late)).hasMessageContaining("index: 1 (expected: 0)");
      assertThatThrownBy(() -> reader.fetch(never))
          .isInstanceOf(StreamException.class)
          .hasMessageContaining("payload " + RUN + "/1/3: chunks: 0 (expected: 3)");
    }
  }

  @Test
  void fetch_deletedChunks_isNoLongerKept(BrokerConnection connection) throws Exception {
    try (var writer = SnapshotWriter.open(connection);
        var reader = SnapshotReader.open(connection)) {
      SnapshotManifest manifest = writer.publish(header(RUN, 0), payload(2_000_000, 1)).join();
      String topic = connection.topics().name(TopicKind.SNAPSHOT_CHUNKS);
      var partition = new TopicPartition(topic, manifest.getPartition());
      var upTo = RecordsToDelete.beforeOffset(manifest.getLastOffset());
      connection.admin().deleteRecords(Map.of(partition, upTo)).all().get();

      assertThatThrownBy(() -> reader.fetch(manifest))
          .isInstanceOf(PayloadException.class)
          .hasMessageContaining("payload " + RUN + "/1/0: no longer kept by the broker");
    }
  }

  private static SnapshotManifest header(String run, long step) {
    return SnapshotManifest.newBuilder()
        .setRun(run)
        .setIncarnation(1)
        .setStep(step)
        .addReasons("start")
        .build();
  }

  private static byte[] payload(int bytes, int salt) {
    byte[] payload = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      payload[i] = (byte) (i * 13 + i / 241 + salt);
    }
    return payload;
  }
}
