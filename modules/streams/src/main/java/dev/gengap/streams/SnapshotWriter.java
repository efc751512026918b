package dev.gengap.streams;

import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Publishes snapshots, one after the other, on a thread of its own: their chunks, then the manifest
 * that announces them. Nobody sees a manifest whose chunks are not all written.
 *
 * <p>Safe for any thread. Ownership: the caller closes it, which first publishes what is waiting.
 */
public final class SnapshotWriter implements AutoCloseable {
  private final ChunkPublisher chunks;
  private final RecordLog<SnapshotManifest> manifests;
  private final ExecutorService publisher;

  private SnapshotWriter(BrokerConnection connection) {
    String topic = connection.topics().name(TopicKind.SNAPSHOT_CHUNKS);
    this.chunks = new ChunkPublisher(connection, topic, "snapshot-writer");
    this.manifests = RecordLog.open(connection, RecordTypes.SNAPSHOTS);
    this.publisher =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "gengap-snapshot-writer"));
  }

  /** Opens the experiment's snapshot topics for writing. */
  public static SnapshotWriter open(BrokerConnection connection) {
    return new SnapshotWriter(connection);
  }

  /**
   * Publishes a snapshot.
   *
   * @param header the manifest without what only the broker knows: run, incarnation and step are
   *     set; offset, count, bytes and hash are filled in
   * @param safetensors the payload; leave it unchanged until the result is there
   * @return the manifest as announced, or a {@link StreamException}
   */
  public CompletableFuture<SnapshotManifest> publish(SnapshotManifest header, byte[] safetensors) {
    return CompletableFuture.supplyAsync(() -> publishNow(header, safetensors), publisher);
  }

  @Override
  public void close() {
    CompletableFuture.runAsync(() -> {}, publisher).join();
    publisher.shutdown();
    chunks.close();
    manifests.close();
  }

  private SnapshotManifest publishNow(SnapshotManifest header, byte[] safetensors) {
    ChunkLocation location =
        chunks.publish(header.getRun(), SnapshotReader.payload(header), safetensors);
    SnapshotManifest manifest =
        header.toBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setChunks(location.chunks())
            .setPartition(location.partition())
            .setFirstOffset(location.firstOffset())
            .setLastOffset(location.lastOffset())
            .setBytes(location.bytes())
            .setSha256(location.sha256())
            .build();
    manifests.append(manifest);
    manifests.flush();
    return manifest;
  }
}
