package dev.gengap.streams;

import com.google.protobuf.MessageLite;
import dev.gengap.protocol.SchemaVersion;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Appends small records of one kind.
 *
 * <p>Safe for any thread. Ownership: the caller closes it, which delivers what is under way.
 *
 * <p>Failure: appending does not wait for the broker; what failed is thrown by the next call, as
 * {@link StreamException}.
 */
public final class RecordLog<T extends MessageLite> implements AutoCloseable {
  private final RecordType<T> type;
  private final String topic;
  private final Deliveries deliveries;

  private RecordLog(BrokerConnection connection, RecordType<T> type) {
    this.type = type;
    this.topic = connection.topics().name(type.topic());
    this.deliveries = new Deliveries(connection, type.topic().suffix() + "-log");
  }

  /** Opens the topic of a kind of record for writing. */
  public static <T extends MessageLite> RecordLog<T> open(
      BrokerConnection connection, RecordType<T> type) {
    return new RecordLog<>(connection, type);
  }

  /**
   * Appends a record under its own key.
   *
   * @throws IllegalArgumentException if its schema version is not set to the current one
   */
  public void append(T record) {
    int version = type.version().applyAsInt(record);
    if (version != SchemaVersion.CURRENT) {
      throw new IllegalArgumentException(
          "schema version: " + version + " (expected: " + SchemaVersion.CURRENT + ")");
    }
    byte[] key = type.key().apply(record).getBytes(StandardCharsets.UTF_8);
    deliveries.send(new ProducerRecord<>(topic, key, record.toByteArray()), metadata -> {});
  }

  /** Returns once the broker has every record appended so far. */
  public void flush() {
    deliveries.flush();
  }

  @Override
  public void close() {
    deliveries.close();
  }
}
