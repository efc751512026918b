package dev.gengap.streams;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.Chunks;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.Topics;
import dev.gengap.protocol.v1.Submission;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The experiments submitted to a cluster: one record for each name, on one topic beside those of
 * the experiments.
 *
 * <p>Confined to one thread. Ownership: the caller closes it.
 */
public final class Submissions implements AutoCloseable {
  private static final Comparator<Submission> OLDEST_FIRST =
      Comparator.comparingLong(Submission::getSubmittedMillis).thenComparing(Submission::getName);

  private final BrokerConnection connection;
  private final SubmissionTail tail;
  private final Deliveries deliveries;
  private final Map<String, Submission> newest = new HashMap<>();

  private Submissions(BrokerConnection connection) {
    this.connection = connection;
    this.tail = new SubmissionTail(connection);
    this.deliveries = new Deliveries(connection, "experiments-log");
  }

  /**
   * Opens the topic, which is created where it does not exist, and otherwise checked.
   *
   * @throws UserError if the brokers do not answer, refuse, or have a topic that cannot serve
   */
  public static Submissions open(Brokers brokers, TopicSettings settings) {
    BrokerConnection connection = brokers.connect();
    try {
      new TopicAdmin(connection, settings).create(List.of(Topics.EXPERIMENTS));
      return new Submissions(connection);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Opens the topic where it exists: empty where nothing has ever been submitted.
   *
   * @throws UserError if the brokers do not answer
   */
  public static Optional<Submissions> find(Brokers brokers) {
    BrokerConnection connection = brokers.connect();
    try {
      if (connection.hasTopic(Topics.EXPERIMENTS.name())) {
        return Optional.of(new Submissions(connection));
      }
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
    connection.close();
    return Optional.empty();
  }

  /** The newest submission of each name, oldest first; deleted ones are not among them. */
  public List<Submission> all() {
    refresh();
    return newest.values().stream().sorted(OLDEST_FIRST).toList();
  }

  /** The newest submission of {@code name}; empty if there is none, or it was deleted. */
  public Optional<Submission> find(String name) {
    refresh();
    return Optional.ofNullable(newest.get(name));
  }

  /**
   * Writes {@code submission} as a new wish, and returns once the broker has it.
   *
   * @return what was written: with the schema's version, a revision above the one before, and
   *     nothing that a coordinator noted on that
   * @throws UserError if its file is larger than a record may be
   */
  public Submission put(Submission submission) {
    long revision = find(submission.getName()).map(Submission::getRevision).orElse(0L) + 1;
    Submission next =
        submission.toBuilder()
            .setSchemaVersion(SchemaVersion.CURRENT)
            .setRevision(revision)
            .clearSettled()
            .clearProblem()
            .build();
    if (next.getSerializedSize() > Chunks.MAX_BYTES) {
      throw new UserError(
          Problem.of(
              submission.getName(),
              "experiment file",
              next.getSerializedSize() + " bytes",
              "at most " + Chunks.MAX_BYTES + ", with all it includes"));
    }
    write(next.getName(), next.toByteArray());
    return next;
  }

  /**
   * Notes what became of a wish, unless it has been replaced, and returns once the broker has it.
   *
   * @param wish as it was read
   * @param settled whether there is nothing more to do for it
   * @param problem what kept it from being done; empty if nothing did
   */
  public void note(Submission wish, boolean settled, String problem) {
    String name = wish.getName();
    if (find(name).filter(now -> now.getRevision() == wish.getRevision()).isEmpty()) {
      return;
    }
    Submission last = wish.toBuilder().setSettled(settled).setProblem(problem).build();
    write(name, last.toByteArray());
    // Compaction keeps the last record alone: that has to be the newest wish.
    for (Optional<Submission> now = find(name);
        now.isPresent() && !now.get().equals(last);
        now = find(name)) {
      last = now.get();
      write(name, last.toByteArray());
    }
  }

  /** Forgets {@code name}, and returns once the broker has. */
  public void remove(String name) {
    write(name, null);
  }

  /** Follows the submissions, from the first record on. Caller closes, before this. */
  public SubmissionTail tail() {
    return new SubmissionTail(connection);
  }

  @Override
  public void close() {
    try {
      deliveries.close();
      tail.close();
    } finally {
      connection.close();
    }
  }

  private void write(String name, byte[] value) {
    byte[] key = name.getBytes(StandardCharsets.UTF_8);
    deliveries.send(new ProducerRecord<>(Topics.EXPERIMENTS.name(), key, value), metadata -> {});
    deliveries.flush();
  }

  private void refresh() {
    for (SubmissionTail.Change change : tail.readToEnd()) {
      change
          .submission()
          .ifPresentOrElse(
              submission -> newest.put(change.name(), submission),
              () -> newest.remove(change.name()));
    }
  }
}
