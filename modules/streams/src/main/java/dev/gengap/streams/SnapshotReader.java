package dev.gengap.streams;

import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.SnapshotManifest;

/** Fetches the bytes of snapshots. Confined to one thread. Ownership: the caller closes it. */
public final class SnapshotReader implements AutoCloseable {
  private final ChunkFetcher chunks;

  private SnapshotReader(BrokerConnection connection) {
    StreamsConfig config = connection.config();
    String topic = config.topics().name(TopicKind.SNAPSHOT_CHUNKS);
    this.chunks = new ChunkFetcher(config, topic, "snapshot-reader");
  }

  /** Opens the experiment's snapshot chunks for reading. */
  public static SnapshotReader open(BrokerConnection connection) {
    return new SnapshotReader(connection);
  }

  /**
   * The safetensors file a manifest announces, checked against its size and SHA-256.
   *
   * @throws StreamException if it is damaged, or the broker no longer keeps it; the manifest's
   *     {@code file} may still be there
   */
  public byte[] fetch(SnapshotManifest manifest) {
    return chunks.fetch(
        new ChunkLocation(
            payload(manifest),
            manifest.getPartition(),
            manifest.getFirstOffset(),
            manifest.getLastOffset(),
            manifest.getChunks(),
            manifest.getBytes(),
            manifest.getSha256()));
  }

  @Override
  public void close() {
    chunks.close();
  }

  /** Name of a snapshot's payload: run/incarnation/step. */
  static String payload(SnapshotManifest manifest) {
    return manifest.getRun() + "/" + manifest.getIncarnation() + "/" + manifest.getStep();
  }
}
