package dev.gengap.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of Kafka's clients, in one place. */
final class ClientSettings {
  /** The operating system sizes socket buffers, which large records need. */
  private static final String SYSTEM_CHOICE = "-1";

  /** Room for two minibatches of CIFAR-10 in one request; below any broker's default limit. */
  private static final int BATCH_BYTES = 1_000_000;

  private ClientSettings() {}

  static KafkaProducer<byte[], byte[]> producer(StreamsConfig config, String role) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("batch.size", BATCH_BYTES);
    settings.put("linger.ms", 5);
    settings.put("buffer.memory", 32 << 20);
    settings.put("send.buffer.bytes", SYSTEM_CHOICE);
    settings.putAll(config.clientProperties());
    settings.putAll(common(config, role));
    settings.put("max.block.ms", config.timeout().toMillis());
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  /** A consumer without a group: its owner says what it reads and from where. */
  static KafkaConsumer<byte[], byte[]> consumer(
      StreamsConfig config, String role, String offsetReset) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("receive.buffer.bytes", SYSTEM_CHOICE);
    settings.put("fetch.max.bytes", 8 << 20);
    settings.put("max.partition.fetch.bytes", 4 << 20);
    settings.put("max.poll.records", 2000);
    // Whatever else a consumer asks waits in line behind a fetch that waits for records.
    settings.put("fetch.max.wait.ms", 50);
    settings.putAll(config.clientProperties());
    settings.putAll(common(config, role));
    settings.put("auto.offset.reset", offsetReset);
    settings.put("enable.auto.commit", false);
    settings.put("allow.auto.create.topics", false);
    settings.put("default.api.timeout.ms", Math.toIntExact(config.timeout().toMillis()));
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(settings, bytes, bytes);
  }

  static Map<String, Object> admin(StreamsConfig config) {
    Map<String, Object> settings = new HashMap<>(config.clientProperties());
    settings.putAll(common(config, "admin"));
    int timeoutMillis = Math.toIntExact(config.timeout().toMillis());
    settings.put("default.api.timeout.ms", timeoutMillis);
    settings.put("request.timeout.ms", timeoutMillis);
    return settings;
  }

  private static Map<String, Object> common(StreamsConfig config, String role) {
    return Map.of("bootstrap.servers", config.bootstrap(), "client.id", "gengap-" + role);
  }
}
