package dev.gengap.streams;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.TopicKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records in order, each exactly once as long as this process lives, without waiting for the
 * broker. Safe for any thread.
 *
 * <p>Ordering: a broker that does not know a producer yet accepts any sequence number from it, so
 * of two requests under way to a leader that has just come up the second may be taken and the first
 * refused. The first record therefore travels alone; after it, Kafka keeps the order itself.
 *
 * <p>Failure: an outage is waited out for as long as one may last, but not a login that is refused.
 * The first record that cannot be delivered is remembered, and every later call throws it, so that
 * no error is lost and nothing is sent after a hole.
 */
final class Deliveries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  /** A delivery that takes longer is worth a line in the log, and so is the next after as long. */
  private static final long SLOW_NANOS = Duration.ofSeconds(10).toNanos();

  private final BrokerConnection connection;
  private final StreamsConfig config;
  private final KafkaProducer<byte[], byte[]> producer;
  private volatile boolean begun;
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final AtomicLong told = new AtomicLong(System.nanoTime() - SLOW_NANOS);

  Deliveries(BrokerConnection connection, String role) {
    this.connection = connection;
    this.config = connection.config();
    this.producer = ClientSettings.producer(config, role);
  }

  /**
   * Sends a record; waits only for the very first, where 32 MB are already under way, and where an
   * outage has made the producer forget who leads the topic.
   *
   * @param delivered called on a thread of Kafka's once the broker has the record
   */
  void send(ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> delivered) {
    check();
    if (begun) {
      watched(() -> dispatch(record, delivered));
    } else {
      watched(() -> sendFirst(record, delivered));
    }
  }

  private synchronized void sendFirst(
      ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> delivered) {
    dispatch(record, delivered);
    producer.flush();
    begun = true;
  }

  private void watched(Runnable wait) {
    connection.refusalWatch().during(wait, this::giveUp);
  }

  /** Ends whatever waits for the producer. */
  private void giveUp(UserError refusal) {
    failure.compareAndSet(null, refusal);
    producer.close(Duration.ZERO);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  private void dispatch(ProducerRecord<byte[], byte[]> record, Consumer<RecordMetadata> delivered) {
    long sent = System.nanoTime();
    try {
      producer.send(
          record,
          (metadata, error) -> {
            if (error == null) {
              tellIfSlow(record.topic(), sent);
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

  private void tellIfSlow(String topic, long sent) {
    long now = System.nanoTime();
    long before = told.get();
    if (now - sent > SLOW_NANOS && now - before > SLOW_NANOS && told.compareAndSet(before, now)) {
      long seconds = Duration.ofNanos(now - sent).toSeconds();
      LOG.warn("topic {} at {}: a delivery took {} s", topic, config.bootstrap(), seconds);
    }
  }

  /** Number of partitions of {@code topic}. */
  int partitions(String topic) {
    check();
    try {
      return producer.partitionsFor(topic).size();
    } catch (KafkaException e) {
      throw undelivered(topic, e);
    }
  }

  /** Throws what went wrong before, if anything. */
  void check() {
    RuntimeException failed = failure.get();
    if (failed instanceof UserError error) {
      UserError again = new UserError(error.problems());
      again.initCause(error);
      throw again;
    }
    if (failed != null) {
      throw new StreamException(failed.getMessage(), failed);
    }
  }

  /** Returns once the broker has every record sent so far. */
  void flush() {
    watched(producer::flush);
    check();
  }

  @Override
  public void close() {
    watched(() -> producer.close(config.outage()));
  }

  private RuntimeException undelivered(String topic, Exception cause) {
    String place = "topic " + topic + " at " + config.bootstrap();
    if (cause instanceof RecordTooLargeException) {
      return new UserError(tooLarge(place, cause), cause);
    }
    Optional<UserError> meaning = BrokerErrors.meaning(config, cause);
    return meaning.isPresent()
        ? meaning.get()
        : new StreamException(place + ": not delivered: " + cause.getMessage(), cause);
  }

  private static Problem tooLarge(String place, Exception cause) {
    int most = TopicKind.MAX_MESSAGE_BYTES;
    return Problem.of(place, "record", "refused: " + cause.getMessage(), most + " bytes accepted")
        .withRemedy(
            "set max.message.bytes of the topic, or message.max.bytes of the brokers, to "
                + most
                + " or more, and max.request.size no lower");
  }
}
