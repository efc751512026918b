package dev.gengap.streams;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Sends records in order, each exactly once as long as this process lives, without waiting for the
 * broker. Safe for any thread.
 *
 * <p>Ordering: a broker that does not know a producer yet accepts any sequence number from it, so
 * of two requests under way to a leader that has just come up the second may be taken and the first
 * refused. The first record therefore travels alone; after it, Kafka keeps the order itself.
 *
 * <p>Failure: the first record that cannot be delivered is remembered, and every later call throws
 * it, so that no error is lost and nothing is sent after a hole.
 */
final class Deliveries implements AutoCloseable {
  private final StreamsConfig config;
  private final KafkaProducer<byte[], byte[]> producer;
  private volatile boolean begun;
  private final AtomicReference<StreamException> failure = new AtomicReference<>();

  Deliveries(StreamsConfig config, String role) {
    this.config = config;
    this.producer = ClientSettings.producer(config, role);
  }

  /**
   * Sends a record; waits only for the very first, and where 32 MB are already under way.
   *
   * @param delivered called on a thread of Kafka's once the broker has the record
   */
  void send(ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> delivered) {
    check();
    if (begun) {
      dispatch(record, delivered);
      return;
    }
    synchronized (this) {
      dispatch(record, delivered);
      producer.flush();
      begun = true;
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  private void dispatch(ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> delivered) {
    try {
      producer.send(
          record,
          (metadata, error) -> {
            if (error == null) {
              delivered.accept(metadata);
            } else {
              failure.compareAndSet(null, undelivered(record.topic(), error));
            }
          });
    } catch (KafkaException e) {
      failure.compareAndSet(null, undelivered(record.topic(), e));
      throw failure.get();
    }
  }

  /** Throws what went wrong before, if anything. */
  void check() {
    StreamException failed = failure.get();
    if (failed != null) {
      throw new StreamException(failed.getMessage(), failed);
    }
  }

  /** Returns once the broker has every record sent so far. */
  void flush() {
    producer.flush();
    check();
  }

  @Override
  public void close() {
    producer.close(config.timeout());
  }

  private StreamException undelivered(String topic, Exception cause) {
    return new StreamException(
        "topic " + topic + " at " + config.bootstrap() + ": not delivered: " + cause.getMessage(),
        cause);
  }
}
