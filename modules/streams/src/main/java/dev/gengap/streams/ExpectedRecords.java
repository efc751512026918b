package dev.gengap.streams;

import dev.gengap.core.UserError;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Polls for records that the broker is known to have, through outages. Confined to one thread. */
final class ExpectedRecords {
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
   * @throws UserError if the broker does not answer for longer than an outage may last
   */
  ConsumerRecords<byte[], byte[]> next(BooleanSupplier all) {
    Wait wait = new Wait(what, config, config.outage());
    while (true) {
      long millis = wait.millisToNextLook();
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(millis));
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
}
