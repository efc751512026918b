package dev.gengap.streams;

import dev.gengap.core.UserError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Polls for records that the broker is known to have, through outages. Confined to one thread. */
final class ExpectedRecords {
  /** Between two requests to a broker that does not have the records yet. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final StreamsConfig config;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String what;

  /**
   * @param what is read, for the log
   */
  ExpectedRecords(StreamsConfig config, KafkaConsumer<byte[], byte[]> consumer, String what) {
    this.config = config;
    this.consumer = consumer;
    this.what = what;
  }

  /**
   * The next records: none only once {@code all} are there.
   *
   * @throws OffsetOutOfRangeException if the broker no longer keeps them
   * @throws UserError if the broker does not answer for longer than an outage may last
   */
  ConsumerRecords<byte[], byte[]> next(BooleanSupplier all) {
    Wait wait = new Wait(what, config, config.outage());
    while (true) {
      long millis = wait.millisToNextLook();
      ConsumerRecords<byte[], byte[]> polled = poll(Duration.ofMillis(millis));
      if (!polled.isEmpty() || all.getAsBoolean()) {
        wait.ended();
        return polled;
      }
      if (millis == 0) {
        throw BrokerErrors.outage(config, null);
      }
      wait.goesOn();
    }
  }

  /** A broker that does not know yet that another leads in its place may not have come that far. */
  private ConsumerRecords<byte[], byte[]> poll(Duration most) {
    try {
      return consumer.poll(most);
    } catch (OffsetOutOfRangeException e) {
      if (areDeleted(e.offsetOutOfRangePartitions())) {
        throw e;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      return ConsumerRecords.empty();
    }
  }

  private boolean areDeleted(Map<TopicPartition, Long> wanted) {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(wanted.keySet());
    return wanted.entrySet().stream().anyMatch(e -> e.getValue() < first.get(e.getKey()));
  }
}
