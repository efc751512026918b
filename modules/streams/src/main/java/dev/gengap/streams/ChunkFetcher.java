package dev.gengap.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gengap.core.Hashes;
import dev.gengap.protocol.ChunkAssembler;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.v1.Chunk;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads payloads back from their chunks. How far to read is the announcement's to say: a broker
 * that was frozen while others led on tells of an earlier end for a moment. Confined to one thread.
 * The caller closes it.
 */
final class ChunkFetcher implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final StreamsConfig config;
  private final ExpectedRecords records;
  private final String topic;

  ChunkFetcher(StreamsConfig config, String topic, String role) {
    this.consumer = ClientSettings.consumer(config, role, "none");
    this.config = config;
    this.records = new ExpectedRecords(config, consumer, "topic " + topic);
    this.topic = topic;
  }

  /**
   * The payload, verified.
   *
   * @throws PayloadException if chunks are missing or damaged
   * @throws dev.gengap.core.UserError if the broker stops answering
   */
  byte[] fetch(ChunkLocation location) {
    var partition = new TopicPartition(topic, location.partition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, location.firstOffset());
    try {
      return verified(location, BrokerErrors.asking(config, () -> read(location, partition)));
    } catch (OffsetOutOfRangeException e) {
      throw failed(location, "no longer kept by the broker", e);
    } catch (IllegalArgumentException e) {
      throw failed(location, e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private byte[] read(ChunkLocation location, TopicPartition partition) {
    var assembler = new ChunkAssembler(location.payload());
    BooleanSupplier all = () -> consumer.position(partition) > location.lastOffset();
    while (!all.getAsBoolean()) {
      for (ConsumerRecord<byte[], byte[]> record : records.next(all)) {
        if (record.value() == null) {
          continue; // deleted
        }
        Chunk chunk = chunk(location, record);
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

  private Chunk chunk(ChunkLocation location, ConsumerRecord<byte[], byte[]> record) {
    try {
      return Messages.parse(Chunk.parser(), record.value());
    } catch (InvalidProtocolBufferException e) {
      throw failed(location, e.getMessage(), e);
    }
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

  private PayloadException failed(ChunkLocation location, String what, Exception cause) {
    return new PayloadException(message(location, what), cause);
  }

  private String message(ChunkLocation location, String what) {
    return "topic %s, partition %d, offset %d: payload %s: %s"
        .formatted(topic, location.partition(), location.firstOffset(), location.payload(), what);
  }
}
