package dev.gengap.streams;

import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.protocol.v1.ResumePointOrBuilder;

/** Fetches the bytes of resume points. Confined to one thread. Ownership: the caller closes it. */
public final class ResumeReader implements AutoCloseable {
  private final ChunkFetcher chunks;

  private ResumeReader(BrokerConnection connection) {
    StreamsConfig config = connection.config();
    String topic = config.topics().name(TopicKind.RESUME_CHUNKS);
    this.chunks = new ChunkFetcher(config, topic, "resume-reader");
  }

  /** Opens the chunks of the experiment's resume points for reading. */
  public static ResumeReader open(BrokerConnection connection) {
    return new ResumeReader(connection);
  }

  /**
   * The safetensors file a manifest announces, checked against its size and SHA-256.
   *
   * @throws PayloadException if it is damaged, or a later point has begun to replace it
   * @throws StreamException if the broker stops answering
   */
  public byte[] fetch(ResumePoint point) {
    return chunks.fetch(
        new ChunkLocation(
            payload(point),
            point.getPartition(),
            point.getFirstOffset(),
            point.getLastOffset(),
            point.getChunks(),
            point.getBytes(),
            point.getSha256()));
  }

  @Override
  public void close() {
    chunks.close();
  }

  /** Name of a resume point's payload: run/incarnation/step. */
  static String payload(ResumePointOrBuilder point) {
    return point.getRun() + "/" + point.getIncarnation() + "/" + point.getStep();
  }

  /** Key of a slot: run/slot. Its chunks have run/slot/index. */
  static String key(String run, int slot) {
    return run + "/" + slot;
  }

  /** What the index is told of a slot that was emptied: its run and slot, and nothing else. */
  static ResumePoint emptied(String key) {
    int slash = key.lastIndexOf('/');
    return ResumePoint.newBuilder()
        .setRun(key.substring(0, slash))
        .setSlot(Integer.parseInt(key.substring(slash + 1)))
        .build();
  }
}
