package dev.gengap.actors;

import dev.gengap.protocol.v1.Progress;
import dev.gengap.streams.BrokerConnection;
import dev.gengap.streams.RecordLog;
import dev.gengap.streams.RecordTypes;
import dev.gengap.streams.ReferenceSets;
import dev.gengap.streams.SnapshotWriter;
import java.util.Optional;
import java.util.function.Function;

/**
 * Kafka's clients that all feeders and trainers of a process share: each takes some ten
 * milliseconds of processor time to make, which short runs would spend on little else.
 *
 * <p>Safe for any thread; opened at first use. Caller closes, after everything that uses them.
 */
final class SharedClients implements AutoCloseable {
  private final BrokerConnection broker;
  private final Resources resources = new Resources();
  private Optional<RecordLog<Progress>> progress = Optional.empty();
  private Optional<SnapshotWriter> snapshots = Optional.empty();
  private Optional<ReferenceSets> references = Optional.empty();

  SharedClients(BrokerConnection broker) {
    this.broker = broker;
  }

  /** Where progress is published. */
  synchronized RecordLog<Progress> progress() {
    if (progress.isEmpty()) {
      RecordLog<Progress> opened = RecordLog.open(broker, RecordTypes.PROGRESS);
      resources.add(opened::close);
      progress = Optional.of(opened);
    }
    return progress.get();
  }

  /** Where snapshots are published. */
  synchronized SnapshotWriter snapshots() {
    if (snapshots.isEmpty()) {
      SnapshotWriter opened = SnapshotWriter.open(broker);
      resources.add(opened::close);
      snapshots = Optional.of(opened);
    }
    return snapshots.get();
  }

  /** What {@code use} returns, of the reference sets: one at a time. */
  synchronized <T> T withReferences(Function<ReferenceSets, T> use) {
    if (references.isEmpty()) {
      ReferenceSets opened = ReferenceSets.open(broker);
      resources.add(opened::close);
      references = Optional.of(opened);
    }
    try {
      return use.apply(references.get());
    } catch (RuntimeException e) {
      references = Optional.empty();
      throw e;
    }
  }

  /**
   * Something that uses them failed: who comes next gets others, since a client that could not
   * deliver one record delivers no more.
   */
  synchronized void renew() {
    progress = Optional.empty();
    snapshots = Optional.empty();
  }

  @Override
  public synchronized void close() {
    resources.close();
  }
}
