package dev.gengap.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.SchemaVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows the records of one kind, or of all, from the first the broker keeps. Of a compacted topic
 * every key's newest record is among them; older ones may be, and come earlier.
 *
 * <p>Confined to one thread. Ownership: the caller closes it.
 */
public final class RecordTail<T extends MessageLite> implements AutoCloseable {
  private final Map<String, List<RecordType<? extends T>>> typesOfTopic;
  private final StreamsConfig config;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ExpectedRecords expected;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> endAtStart;

  private RecordTail(BrokerConnection connection, List<RecordType<? extends T>> types) {
    this.typesOfTopic =
        types.stream().collect(Collectors.groupingBy(t -> connection.topics().name(t.topic())));
    this.config = connection.config();
    String name = types.size() == 1 ? types.get(0).topic().suffix() : "records";
    this.consumer = ClientSettings.consumer(config, name + "-tail", "earliest");
    this.expected = new ExpectedRecords(config, consumer, "topics " + typesOfTopic.keySet());
    try {
      this.partitions =
          typesOfTopic.keySet().stream().flatMap(topic -> partitions(topic).stream()).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      this.endAtStart = ends();
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * Opens the topic of a kind of record for reading.
   *
   * @throws UserError if the broker holds no such experiment
   */
  public static <T extends MessageLite> RecordTail<T> open(
      BrokerConnection connection, RecordType<T> type) {
    return new RecordTail<>(connection, List.of(type));
  }

  /**
   * Opens the topics of all kinds of record: what anyone sees of an experiment. Records of one
   * topic keep their order; those of different topics have none.
   *
   * @throws UserError if the broker holds no such experiment
   */
  public static RecordTail<Message> openAll(BrokerConnection connection) {
    return new RecordTail<>(connection, RecordTypes.ALL);
  }

  /**
   * The next records, as many as have arrived; waits up to {@code timeout} for the first.
   *
   * @throws UserError if a record has an unknown schema version
   * @throws StreamException if a record is damaged
   */
  public List<T> poll(Duration timeout) {
    List<T> records = new ArrayList<>();
    read(BrokerErrors.asking(config, () -> consumer.poll(timeout)), records);
    return records;
  }

  /**
   * The records up to the end the topic has now.
   *
   * @throws UserError if a record has an unknown schema version, or the broker stops answering
   * @throws StreamException if a record is damaged
   */
  public List<T> readToEnd() {
    return readTo(ends());
  }

  /**
   * The records up to the end the topic has now, of which the caller knows that {@code offset} lies
   * before it: a broker that was frozen while another led in its place tells of an earlier end for
   * a moment. Of topics with one partition.
   *
   * @throws UserError if a record has an unknown schema version, or the broker stops answering
   * @throws StreamException if a record is damaged
   */
  public List<T> readPast(long offset) {
    Map<TopicPartition, Long> end = new HashMap<>(ends());
    end.replaceAll((partition, told) -> Math.max(told, offset + 1));
    return readTo(end);
  }

  private List<T> readTo(Map<TopicPartition, Long> end) {
    List<T> records = new ArrayList<>();
    while (!reached(end)) {
      read(BrokerErrors.asking(config, () -> expected.next(() -> reached(end))), records);
    }
    return records;
  }

  /** Whether everything that was there when this was opened has been given. */
  public boolean caughtUp() {
    return reached(endAtStart);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private Map<TopicPartition, Long> ends() {
    return BrokerErrors.asking(config, () -> consumer.endOffsets(partitions));
  }

  private boolean reached(Map<TopicPartition, Long> end) {
    return partitions.stream()
        .allMatch(partition -> consumer.position(partition) >= end.get(partition));
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> infos =
        Optional.ofNullable(BrokerErrors.asking(config, () -> consumer.partitionsFor(topic)))
            .orElse(List.of());
    if (infos.isEmpty()) {
      throw new UserError(
          Problem.of(config.bootstrap(), "experiment", config.experiment(), "one the broker holds")
              .withRemedy("start it first, or mend its name"));
    }
    return infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  private void read(ConsumerRecords<byte[], byte[]> polled, List<T> records) {
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      for (RecordType<? extends T> type : typesOfTopic.get(record.topic())) {
        if (type.keys().test(key)) {
          value(key, record, type).ifPresent(records::add);
        }
      }
    }
  }

  private static <R extends MessageLite> Optional<R> value(
      String key, ConsumerRecord<byte[], byte[]> record, RecordType<R> type) {
    return record.value() == null ? type.deleted().apply(key) : Optional.of(parse(record, type));
  }

  private static <R extends MessageLite> R parse(
      ConsumerRecord<byte[], byte[]> record, RecordType<R> type) {
    try {
      R value = Messages.parse(type.parser(), record.value());
      SchemaVersion.check(type.version().applyAsInt(value), Messages.place(record));
      return value;
    } catch (InvalidProtocolBufferException e) {
      throw new StreamException(Messages.place(record) + ": " + e.getMessage(), e);
    }
  }
}
