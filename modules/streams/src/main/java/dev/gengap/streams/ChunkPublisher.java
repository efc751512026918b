package dev.gengap.streams;

import dev.gengap.core.Hashes;
import dev.gengap.protocol.Chunks;
import dev.gengap.protocol.v1.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes payloads in chunks. Confined to one thread. Ownership: the caller closes it. */
final class ChunkPublisher implements AutoCloseable {
  private final Deliveries deliveries;
  private final String topic;

  ChunkPublisher(BrokerConnection connection, String topic, String role) {
    this.deliveries = new Deliveries(connection, role);
    this.topic = topic;
  }

  /**
   * Writes a payload to the partition of {@code key}; returns once the broker has all of it.
   *
   * @throws StreamException if it could not be delivered
   */
  ChunkLocation publish(String key, String payload, byte[] bytes) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    return publish(
        payload, bytes, chunk -> new ProducerRecord<>(topic, keyBytes, chunk.toByteArray()));
  }

  /**
   * Writes a payload to {@code partition}, each chunk under a key of its own: {@code key/index}.
   * Returns once the broker has all of it.
   *
   * @throws StreamException if it could not be delivered
   */
  ChunkLocation publish(int partition, String key, String payload, byte[] bytes) {
    return publish(
        payload,
        bytes,
        chunk ->
            new ProducerRecord<>(
                topic, partition, chunkKey(key, chunk.getIndex()), chunk.toByteArray()));
  }

  /** The partition of what belongs to {@code run}, whatever the keys: the same in any process. */
  int partition(String run) {
    return Math.floorMod(run.hashCode(), deliveries.partitions(topic));
  }

  /** Key of a chunk that has one of its own. */
  static byte[] chunkKey(String key, int index) {
    return (key + "/" + index).getBytes(StandardCharsets.UTF_8);
  }

  private ChunkLocation publish(
      String payload, byte[] bytes, Function<Chunk, ProducerRecord<byte[], byte[]>> record) {
    List<Chunk> chunks = Chunks.split(payload, bytes);
    var first = new AtomicReference<RecordMetadata>();
    var last = new AtomicReference<RecordMetadata>();
    for (Chunk chunk : chunks) {
      deliveries.send(
          record.apply(chunk),
          metadata -> {
            first.compareAndSet(null, metadata);
            last.set(metadata);
          });
      if (chunk.getIndex() == 0) {
        // It may open a partition: see the ordering of Deliveries.
        deliveries.flush();
      }
    }
    deliveries.flush();
    return new ChunkLocation(
        payload,
        first.get().partition(),
        first.get().offset(),
        last.get().offset(),
        chunks.size(),
        bytes.length,
        Hashes.sha256(bytes));
  }

  @Override
  public void close() {
    deliveries.close();
  }
}
