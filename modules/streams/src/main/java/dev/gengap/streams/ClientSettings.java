package dev.gengap.streams;

import dev.gengap.protocol.TopicKind;
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

  /** Room for two minibatches of CIFAR-10 in one request. */
  private static final int BATCH_BYTES = TopicKind.MAX_MESSAGE_BYTES;

  private static final String REQUEST_TIMEOUT = "request.timeout.ms";

  /** After this a broker that hangs is given up for another that may lead by now [ms]. */
  private static final long REQUEST_MILLIS = 15_000;

  private static final long LINGER_MILLIS = 5;

  private ClientSettings() {}

  static KafkaProducer<byte[], byte[]> producer(StreamsConfig config, String role) {
    return producer(producerSettings(config, role));
  }

  /** A producer that shuts out every earlier one of the same id once it is initialised. */
  static KafkaProducer<byte[], byte[]> exclusive(StreamsConfig config, String role, String id) {
    Map<String, Object> settings = producerSettings(config, role);
    settings.put("transactional.id", id);
    settings.put("linger.ms", 0);
    return producer(settings);
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(settings, bytes, bytes);
  }

  private static Map<String, Object> producerSettings(StreamsConfig config, String role) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("batch.size", BATCH_BYTES);
    settings.put("linger.ms", LINGER_MILLIS);
    settings.put("buffer.memory", 32 << 20);
    settings.put("send.buffer.bytes", SYSTEM_CHOICE);
    settings.putAll(config.clientProperties());
    settings.putAll(common(config, role));
    long request = requestMillis(config);
    long linger = Long.parseLong(settings.get("linger.ms").toString());
    settings.put(REQUEST_TIMEOUT, Math.toIntExact(request));
    settings.put(
        "delivery.timeout.ms", Math.toIntExact(Math.max(outage(config), linger + request)));
    settings.put("max.block.ms", outage(config));
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    return settings;
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
    settings.put(REQUEST_TIMEOUT, Math.toIntExact(requestMillis(config)));
    settings.put("default.api.timeout.ms", Math.toIntExact(outage(config)));
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(settings, bytes, bytes);
  }

  static Map<String, Object> admin(StreamsConfig config) {
    Map<String, Object> settings = new HashMap<>(config.clientProperties());
    settings.putAll(common(config, "admin"));
    settings.put(REQUEST_TIMEOUT, Math.toIntExact(requestMillis(config)));
    settings.put("default.api.timeout.ms", Math.toIntExact(outage(config)));
    return settings;
  }

  private static Map<String, Object> common(StreamsConfig config, String role) {
    return Map.of("bootstrap.servers", config.bootstrap(), "client.id", "gengap-" + role);
  }

  private static long outage(StreamsConfig config) {
    return config.outage().toMillis();
  }

  /** A request may be repeated at least once before an outage is too long. */
  private static long requestMillis(StreamsConfig config) {
    String chosen = config.clientProperties().get(REQUEST_TIMEOUT);
    long most = chosen == null ? REQUEST_MILLIS : Long.parseLong(chosen.strip());
    return Math.max(1, Math.min(most, outage(config) / 2));
  }
}
