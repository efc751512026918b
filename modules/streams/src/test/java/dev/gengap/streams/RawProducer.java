package dev.gengap.streams;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes any bytes to a topic, as something other than Gengap might. */
final class RawProducer {
  private RawProducer() {}

  static void send(BrokerConnection connection, String topic, String key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        ClientSettings.producer(connection.config(), "raw")) {
      byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, keyBytes, value)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
