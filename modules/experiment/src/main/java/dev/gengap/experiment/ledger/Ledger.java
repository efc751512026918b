package dev.gengap.experiment.ledger;

import dev.gengap.core.RunId;
import dev.gengap.experiment.Moment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The work of one measure group: manifests minus measurements. It keeps nothing of its own: fed the
 * records of both topics, in any order and any number of times, it comes to the same state, so a
 * group that starts late or again fills in what is missing and computes nothing twice.
 *
 * <p>Leases are the exception: they are not records, and a new ledger has none.
 *
 * <p>Confined to the thread of its group.
 */
public final class Ledger {
  private static final int COMPARED = 0;
  private static final int START = 1;
  private static final int IN_BETWEEN = 2;

  private final List<MeasureKey> measures;
  private final Predicate<Set<Moment>> wanted;
  private final int mostAttempts;

  private final Map<RunId, NavigableMap<Long, Snapshot>> snapshots = new TreeMap<>(byValue());
  private final Set<WorkKey> published = new HashSet<>();
  private final Map<WorkKey, Integer> attempts = new HashMap<>();
  private final Set<SnapshotKey> leased = new HashSet<>();

  private record SnapshotKey(RunId run, long step) {}

  /**
   * @param measures of the group
   * @param wanted whether the group measures a snapshot taken at these moments
   * @param mostAttempts after which a measure that fails on a snapshot is given up, &gt; 0
   */
  public Ledger(List<MeasureKey> measures, Predicate<Set<Moment>> wanted, int mostAttempts) {
    if (mostAttempts < 1) {
      throw new IllegalArgumentException("attempts: " + mostAttempts + " (expected: > 0)");
    }
    this.measures = List.copyOf(measures);
    this.wanted = wanted;
    this.mostAttempts = mostAttempts;
  }

  /**
   * A manifest: announced again, it adds its moments; with other weights, it replaces what was
   * announced before.
   */
  public void announced(Snapshot snapshot) {
    if (wanted.test(snapshot.moments())) {
      snapshots
          .computeIfAbsent(snapshot.run(), run -> new TreeMap<>())
          .merge(snapshot.step(), snapshot, Ledger::union);
    }
  }

  /** A manifest turned out to be stale: there is no such snapshot, until it is announced anew. */
  public void withdrawn(RunId run, long step) {
    NavigableMap<Long, Snapshot> of = snapshots.get(run);
    if (of != null) {
      of.remove(step);
    }
  }

  /** A measurement, or the failure that a group publishes once it gives up. */
  public void published(WorkKey key) {
    published.add(key);
  }

  /**
   * An attempt that failed.
   *
   * @param attempt its number, from 1
   * @return whether it was the last: the failure is then to be published
   */
  public boolean failed(WorkKey key, int attempt) {
    attempts.merge(key, attempt, Math::max);
    return isGivenUp(key);
  }

  /** The number of the next attempt at {@code key}, from 1. */
  public int nextAttempt(WorkKey key) {
    return attempts(key) + 1;
  }

  /**
   * The most urgent work that nobody holds, now held by the caller: ends and crossings first, since
   * networks are compared there, then starts, then the rest from coarse to fine. Ended by {@link
   * #release}.
   */
  public Optional<Work> lease() {
    Optional<Work> work =
        ranked().stream()
            .filter(ranked -> !leased.contains(key(ranked.snapshot())))
            .map(ranked -> work(ranked.snapshot()))
            .filter(found -> !found.measures().isEmpty())
            .findFirst();
    work.ifPresent(found -> leased.add(key(found.snapshot())));
    return work;
  }

  /** Ends a lease: the worker has published what it could, or is gone. */
  public void release(Snapshot snapshot) {
    leased.remove(key(snapshot));
  }

  /** Measurements still to come, held ones included. */
  public int missing() {
    return snapshots.values().stream()
        .flatMap(run -> run.values().stream())
        .mapToInt(snapshot -> work(snapshot).measures().size())
        .sum();
  }

  /** Measurements of {@code run} still to come, held ones included. */
  public int missing(RunId run) {
    return snapshots.getOrDefault(run, new TreeMap<>()).values().stream()
        .mapToInt(snapshot -> work(snapshot).measures().size())
        .sum();
  }

  /** Whether nothing announced so far is left to measure. */
  public boolean isComplete() {
    return missing() == 0;
  }

  private Work work(Snapshot snapshot) {
    return new Work(
        snapshot, measures.stream().filter(measure -> isMissing(snapshot, measure)).toList());
  }

  private boolean isMissing(Snapshot snapshot, MeasureKey measure) {
    WorkKey key = WorkKey.of(snapshot, measure);
    return !published.contains(key)
        && !published.contains(key.ofUnknownContent())
        && !isGivenUp(key);
  }

  private int attempts(WorkKey key) {
    return Math.max(
        attempts.getOrDefault(key, 0), attempts.getOrDefault(key.ofUnknownContent(), 0));
  }

  private boolean isGivenUp(WorkKey key) {
    return attempts(key) >= mostAttempts;
  }

  private record Ranked(Snapshot snapshot, int urgency, int level) {}

  private List<Ranked> ranked() {
    return snapshots.values().stream()
        .map(NavigableMap::values)
        .flatMap(run -> rank(run).stream())
        .sorted(
            Comparator.comparingInt(Ranked::urgency)
                .thenComparingInt(Ranked::level)
                .thenComparingLong(ranked -> ranked.snapshot().step())
                .thenComparing(ranked -> ranked.snapshot().run().value()))
        .toList();
  }

  /**
   * The snapshots of one run. Those in between are taken level by level: number i of n has the
   * level at which halving 0 … n reaches it, so that each level is spread over the whole run.
   */
  private static List<Ranked> rank(Collection<Snapshot> run) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(run.size());
    List<Ranked> ranked = new ArrayList<>();
    for (Snapshot snapshot : run) {
      int urgency = urgency(snapshot);
      int i = ranked.size() + 1;
      int level = urgency == IN_BETWEEN ? bits - Integer.numberOfTrailingZeros(i) : 0;
      ranked.add(new Ranked(snapshot, urgency, level));
    }
    return ranked;
  }

  private static int urgency(Snapshot snapshot) {
    boolean comparable =
        snapshot.moments().stream()
            .anyMatch(m -> m instanceof Moment.End || m instanceof Moment.Crossing);
    if (comparable) {
      return COMPARED;
    }
    return snapshot.step() == 0 ? START : IN_BETWEEN;
  }

  private static Snapshot union(Snapshot a, Snapshot b) {
    if (!a.content().equals(b.content())) {
      return b;
    }
    Set<Moment> moments = new HashSet<>(a.moments());
    moments.addAll(b.moments());
    return new Snapshot(a.run(), a.step(), a.content(), Collections.unmodifiableSet(moments));
  }

  private static SnapshotKey key(Snapshot snapshot) {
    return new SnapshotKey(snapshot.run(), snapshot.step());
  }

  private static Comparator<RunId> byValue() {
    return Comparator.comparing(RunId::value);
  }
}
