package dev.gengap.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.Topics;
import dev.gengap.protocol.v1.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the nodes of a cluster listen, in the order they said so: whoever says so and then reads
 * what was said before him knows whom to join, and of several that begin at once all agree who was
 * first.
 *
 * <p>Confined to one thread. Caller closes.
 */
public final class NodeAddresses implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final BrokerConnection connection;
  private final Deliveries deliveries;

  private NodeAddresses(BrokerConnection connection) {
    this.connection = connection;
    this.deliveries = new Deliveries(connection, "nodes-log");
  }

  /** Opens the topic, which is created where it does not exist, and otherwise checked. */
  public static NodeAddresses open(Brokers brokers, TopicSettings settings) {
    BrokerConnection connection = brokers.connect();
    try {
      new TopicAdmin(connection, settings).create(List.of(Topics.NODES));
      return new NodeAddresses(connection);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What comes of a connection to an address. */
  public enum Answer {
    /** Somebody listens there. */
    ACCEPTED,
    /** The machine says that nobody does. */
    REFUSED,
    /** Nothing: the machine is down, or out of reach. */
    NONE
  }

  /**
   * Says that a node listens at {@code address}, and gives all that do, the first to say so first.
   *
   * @param probe tries an address; one that refuses is forgotten
   */
  public List<String> announce(String address, Function<String, Answer> probe) {
    say(address);
    return probed(address, answer -> answer == Answer.ACCEPTED, probe);
  }

  /** Says that a node listens at {@code address}. */
  public void say(String address) {
    NodeAddress record =
        NodeAddress.newBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setAddress(address)
            .build();
    write(address, record.toByteArray());
  }

  /**
   * Where other nodes than the one at {@code own} listen, or may listen out of reach, the first to
   * say so first.
   *
   * @param probe tries an address; one that refuses is forgotten
   */
  public List<String> knownBut(String own, Function<String, Answer> probe) {
    return probed(own, answer -> true, probe).stream()
        .filter(address -> !address.equals(own))
        .toList();
  }

  private List<String> probed(
      String own, Predicate<Answer> wanted, Function<String, Answer> probe) {
    List<String> addresses = new ArrayList<>();
    for (String said : all()) {
      Answer answer = said.equals(own) ? Answer.ACCEPTED : probe.apply(said);
      if (answer == Answer.REFUSED) {
        write(said, null);
      } else if (wanted.test(answer)) {
        addresses.add(said);
      }
    }
    return List.copyOf(addresses);
  }

  private void write(String address, byte[] value) {
    byte[] key = address.getBytes(StandardCharsets.UTF_8);
    deliveries.send(new ProducerRecord<>(Topics.NODES.name(), key, value), metadata -> {});
    deliveries.flush();
  }

  private Set<String> all() {
    Set<String> addresses = new LinkedHashSet<>();
    TopicPartition nodes = new TopicPartition(Topics.NODES.name(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        ClientSettings.consumer(connection.config(), "nodes", "earliest")) {
      consumer.assign(List.of(nodes));
      consumer.seekToBeginning(List.of(nodes));
      long end = consumer.endOffsets(List.of(nodes)).get(nodes);
      while (consumer.position(nodes) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          String address = new String(record.key(), StandardCharsets.UTF_8);
          addresses.remove(address);
          if (record.value() != null) {
            addresses.add(parse(record).getAddress());
          }
        }
      }
    }
    return addresses;
  }

  private static NodeAddress parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      NodeAddress address = Messages.parse(NodeAddress.parser(), record.value());
      SchemaVersion.check(address.getSchemaVersion(), Messages.place(record));
      return address;
    } catch (InvalidProtocolBufferException e) {
      throw new StreamException(Messages.place(record) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      deliveries.close();
    } finally {
      connection.close();
    }
  }
}
