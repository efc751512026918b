package dev.gengap.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gengap.core.Hashes;
import dev.gengap.protocol.ChunkAssembler;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.Chunk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads payloads back from their chunks. Confined to one thread. The caller closes it. */
final class ChunkFetcher implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private final Duration timeout;

  ChunkFetcher(StreamsConfig config, String topic, String role) {
    this.consumer = ClientSettings.consumer(config, role, "none");
    this.topic = topic;
    this.timeout = config.timeout();
  }

  /**
   * The payload, verified.
   *
   * @throws StreamException if chunks are missing or damaged, or the broker stops answering
   */
  byte[] fetch(ChunkLocation location) {
    var partition = new TopicPartition(topic, location.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, location.firstOffset());
    try {
      return verified(location, read(location, partition));
    } catch (OffsetOutOfRangeException e) {
      throw failed(location, "no longer kept by the broker", e);
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw failed(location, e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private byte[] read(ChunkLocation location, TopicPartition partition)
      throws InvalidProtocolBufferException {
    var assembler = new ChunkAssembler(location.payload());
    long end = consumer.endOffsets(List.of(partition)).get(partition);
    while (consumer.position(partition) < end) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
      if (records.isEmpty()) {
        throw failed(location, "no answer within " + timeout.toSeconds() + " s", null);
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Chunk chunk = Messages.parse(Chunk.parser(), record.value());
        SchemaVersion.check(chunk.getSchemaVersion(), Messages.place(record));
        Optional<byte[]> whole = assembler.add(chunk);
        if (whole.isPresent()) {
          return whole.get();
        }
      }
    }
    throw failed(
        location, "chunks: " + assembler.chunks() + " (expected: " + location.chunks() + ")", null);
  }

  private byte[] verified(ChunkLocation location, byte[] bytes) {
    if (bytes.length != location.bytes()) {
      throw failed(
          location, "bytes: " + bytes.length + " (expected: " + location.bytes() + ")", null);
    }
    String sha256 = Hashes.sha256(bytes);
    if (!sha256.equals(location.sha256())) {
      throw failed(location, "SHA-256: " + sha256 + " (expected: " + location.sha256() + ")", null);
    }
    return bytes;
  }

  private StreamException failed(ChunkLocation location, String what, Exception cause) {
    return new StreamException(
        "topic %s, partition %d, offset %d: payload %s: %s"
            .formatted(
                topic, location.partition(), location.firstOffset(), location.payload(), what),
        cause);
  }
}
