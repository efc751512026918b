package dev.gengap.streams;

import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.TopicKind;
import dev.gengap.protocol.v1.ResumePoint;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The resume points of an experiment, for whoever assigns its runs. Confined to one thread.
 * Ownership: the caller closes it.
 */
public final class ResumeIndex implements AutoCloseable {
  private final BrokerConnection connection;
  private final RecordTail<ResumePoint> tail;
  private final ResumeReader reader;
  private final Map<String, Map<Place, ResumePoint>> points = new HashMap<>();

  /** Runs that go on no more; a point may be announced after that, by whoever is stale. */
  private final Set<String> over = new HashSet<>();

  /**
   * Where a point is kept, and by whom: one that a stale incarnation has replaced may be there for
   * a while.
   */
  private record Place(int slot, int incarnation) {}

  private ResumeIndex(BrokerConnection connection) {
    this.connection = connection;
    this.tail = RecordTail.open(connection, RecordTypes.RESUME_POINTS);
    try {
      this.reader = ResumeReader.open(connection);
    } catch (RuntimeException e) {
      tail.close();
      throw e;
    }
  }

  /**
   * Opens the experiment's resume points.
   *
   * @throws dev.gengap.core.UserError if the broker holds no such experiment
   */
  public static ResumeIndex open(BrokerConnection connection) {
    return new ResumeIndex(connection);
  }

  /**
   * The newest point of {@code run} that counts: its manifest is there, it is of the incarnation
   * that owns its step, and its bytes are all there and undamaged, which is found out by reading
   * them.
   *
   * @param owner whose the steps of the run are
   * @throws StreamException if the broker stops answering
   */
  public Optional<ResumePoint> newest(String run, StepOwner owner) {
    refresh();
    return of(run).stream()
        .filter(point -> owner.accepts(point.getIncarnation(), point.getStep()))
        .sorted(Comparator.comparingLong(ResumePoint::getStep).reversed())
        .filter(this::isComplete)
        .findFirst();
  }

  /** Notes that {@code run} goes on no more: {@link #sweep} deletes its points. */
  public void delete(String run) {
    over.add(run);
  }

  /**
   * Deletes the points of the runs that go on no more, those too that came since: of many at once,
   * since asking for them takes as long as many do.
   *
   * @throws StreamException if it could not be delivered
   */
  public void sweep() {
    if (!over.isEmpty()) {
      clear(over);
    }
  }

  /**
   * Deletes the points there are of {@code runs}, and returns once the broker knows; those to come
   * count. A deletion that is cut short may be done again.
   *
   * @throws StreamException if it could not be delivered
   */
  public void clear(Collection<String> runs) {
    refresh();
    List<String> deletable = runs.stream().filter(points::containsKey).toList();
    if (deletable.isEmpty()) {
      return;
    }
    try (var deletions = new Deliveries(connection, "resume-index")) {
      for (String run : deletable) {
        of(run).forEach(point -> deleteChunks(point, deletions));
      }
      deletions.flush();
      deletable.forEach(run -> deleteManifests(run, deletions));
      deletions.flush();
    }
    deletable.forEach(points::remove);
  }

  private void deleteManifests(String run, Deliveries deletions) {
    String topic = connection.topics().name(TopicKind.RESUME);
    for (int slot = 0; slot < ResumeWriter.SLOTS; slot++) {
      byte[] key = ResumeReader.key(run, slot).getBytes(StandardCharsets.UTF_8);
      deletions.send(new ProducerRecord<>(topic, key, null), metadata -> {});
    }
  }

  @Override
  public void close() {
    try (tail) {
      reader.close();
    }
  }

  /**
   * Those of both slots: all points of a run are of one size, and the other slot may hold the
   * beginning of one that was never announced.
   */
  private void deleteChunks(ResumePoint point, Deliveries deletions) {
    String topic = connection.topics().name(TopicKind.RESUME_CHUNKS);
    for (int slot = 0; slot < ResumeWriter.SLOTS; slot++) {
      String key = ResumeReader.key(point.getRun(), slot);
      for (int index = 0; index < point.getChunks(); index++) {
        byte[] chunk = ChunkPublisher.chunkKey(key, index);
        deletions.send(
            new ProducerRecord<>(topic, point.getPartition(), chunk, null), metadata -> {});
      }
    }
  }

  private Collection<ResumePoint> of(String run) {
    return List.copyOf(points.getOrDefault(run, Map.of()).values());
  }

  private void refresh() {
    for (ResumePoint point : tail.readToEnd()) {
      Map<Place, ResumePoint> run = points.computeIfAbsent(point.getRun(), id -> new HashMap<>());
      if (point.getChunks() > 0) {
        run.put(new Place(point.getSlot(), point.getIncarnation()), point);
      } else {
        run.keySet().removeIf(place -> place.slot() == point.getSlot());
      }
    }
    points.values().removeIf(Map::isEmpty);
  }

  private boolean isComplete(ResumePoint point) {
    try {
      return reader.fetch(point).length == point.getBytes();
    } catch (PayloadException e) {
      return false;
    }
  }
}
