package dev.gengap.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.gengap.core.UserError;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.Topics;
import dev.gengap.protocol.v1.Submission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows what is submitted, from the first record the broker keeps: the newest record of every
 * name is among them; older ones may be, and come earlier. A record whose revision is below one
 * that was seen is left out: a coordinator's note on a wish that another has replaced. Opened from
 * {@link Submissions}.
 *
 * <p>Confined to one thread. Ownership: the caller closes it, before the submissions.
 */
public final class SubmissionTail implements AutoCloseable {
  private static final String TOPIC = Topics.EXPERIMENTS.name();

  private final Duration timeout;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> endAtStart;
  private final Map<String, Long> revisions = new HashMap<>();

  /**
   * What became of an experiment.
   *
   * @param name of the experiment
   * @param submission what is wished of it now; empty once it is deleted
   */
  public record Change(String name, Optional<Submission> submission) {}

  SubmissionTail(BrokerConnection connection) {
    this.timeout = connection.config().timeout();
    this.consumer = ClientSettings.consumer(connection.config(), "experiments-tail", "earliest");
    try {
      this.partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(info -> new TopicPartition(TOPIC, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      this.endAtStart = consumer.endOffsets(partitions);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * The next changes, as many as have arrived; waits up to {@code timeout} for the first.
   *
   * @throws UserError if a record has an unknown schema version
   * @throws StreamException if a record is damaged
   */
  public List<Change> poll(Duration timeout) {
    return changes(consumer.poll(timeout));
  }

  /**
   * The changes up to the end the topic has now.
   *
   * @throws UserError if a record has an unknown schema version
   * @throws StreamException if a record is damaged, or the broker stops answering
   */
  public List<Change> readToEnd() {
    List<Change> changes = new ArrayList<>();
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    while (!reached(end)) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(timeout);
      if (polled.isEmpty() && !reached(end)) {
        throw new StreamException(
            "topic %s: no answer within %d s".formatted(TOPIC, timeout.toSeconds()));
      }
      changes.addAll(changes(polled));
    }
    return changes;
  }

  /** Whether everything that was there when this was opened has been given. */
  public boolean caughtUp() {
    return reached(endAtStart);
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean reached(Map<TopicPartition, Long> end) {
    return partitions.stream()
        .allMatch(partition -> consumer.position(partition) >= end.get(partition));
  }

  private List<Change> changes(ConsumerRecords<byte[], byte[]> polled) {
    List<Change> changes = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      String name = new String(record.key(), StandardCharsets.UTF_8);
      if (record.value() == null) {
        revisions.remove(name);
        changes.add(new Change(name, Optional.empty()));
        continue;
      }
      Submission submission = parse(record);
      if (submission.getRevision() >= revisions.getOrDefault(name, 0L)) {
        revisions.put(name, submission.getRevision());
        changes.add(new Change(name, Optional.of(submission)));
      }
    }
    return changes;
  }

  private static Submission parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      Submission submission = Messages.parse(Submission.parser(), record.value());
      SchemaVersion.check(submission.getSchemaVersion(), Messages.place(record));
      return submission;
    } catch (InvalidProtocolBufferException e) {
      throw new StreamException(Messages.place(record) + ": " + e.getMessage(), e);
    }
  }
}
