package dev.gengap.streams;

import com.google.protobuf.MessageLite;
import dev.gengap.protocol.SchemaVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Writes to the runs topic as its only writer: opening it anew anywhere shuts out whoever had it
 * open before, who finds that out when next writing, however long it slept in between. The brokers
 * see to that, by the transactional id.
 *
 * <p>Confined to one thread. Ownership: the caller closes it.
 *
 * <p>Failure: whoever was shut out gets a {@link TakenOverException}, and nothing of what it wrote
 * counts.
 */
public final class ExclusiveLog implements AutoCloseable {
  private final StreamsConfig config;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  private ExclusiveLog(StreamsConfig config, KafkaProducer<byte[], byte[]> producer) {
    this.config = config;
    this.topic = config.topics().name(RecordTypes.RUN_STATES.topic());
    this.producer = producer;
  }

  /**
   * Shuts out whoever wrote the topic before; what they wrote is there once this returns.
   *
   * @throws dev.gengap.core.UserError if the brokers do not answer, or refuse
   */
  public static ExclusiveLog open(BrokerConnection connection) {
    StreamsConfig config = connection.config();
    String id = config.topics().name(RecordTypes.RUN_STATES.topic());
    KafkaProducer<byte[], byte[]> producer = ClientSettings.exclusive(config, "runs-log", id);
    try {
      producer.initTransactions();
      return new ExclusiveLog(config, producer);
    } catch (KafkaException e) {
      producer.close();
      throw failed(config, id, e);
    }
  }

  /**
   * Writes records of a kind, all of them or none, and returns once the brokers have them.
   *
   * @return the offset of the last; −1 if there are none
   * @throws TakenOverException if another has opened the log since
   */
  public <T extends MessageLite> long publish(RecordType<T> type, List<T> records) {
    if (records.isEmpty()) {
      return -1;
    }
    try {
      producer.beginTransaction();
      Future<RecordMetadata> last = null;
      for (T record : records) {
        last = producer.send(message(type, record));
      }
      producer.flush();
      long offset = last.get().offset();
      producer.commitTransaction();
      return offset;
    } catch (KafkaException e) {
      throw failed(config, topic, e);
    } catch (ExecutionException e) {
      throw failed(config, topic, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamException("topic " + topic + ": interrupted", e);
    }
  }

  private <T extends MessageLite> ProducerRecord<byte[], byte[]> message(
      RecordType<T> type, T record) {
    int version = type.version().applyAsInt(record);
    if (version != SchemaVersion.CURRENT) {
      throw new IllegalArgumentException(
          "schema version: " + version + " (expected: " + SchemaVersion.CURRENT + ")");
    }
    byte[] key = type.key().apply(record).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, key, record.toByteArray());
  }

  private static RuntimeException failed(StreamsConfig config, String topic, Throwable cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException) {
        return new TakenOverException(topic, cause);
      }
    }
    String place = "topic " + topic + " at " + config.bootstrap();
    return BrokerErrors.meaning(config, cause)
        .<RuntimeException>map(error -> error)
        .orElseGet(
            () -> new StreamException(place + ": not written: " + cause.getMessage(), cause));
  }

  @Override
  public void close() {
    producer.close(config.timeout());
  }
}
