package dev.gengap.monitor;

import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.MeasureGroup;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The snapshots of a run and what was measured on them. Immutable.
 *
 * @param snapshots the snapshots announced, by step
 * @param outcomes the measures with an outcome, failures included, by step of the snapshot
 * @param latest for each measure its outcome on the latest snapshot, by key of the measure
 */
public record MeasuresView(
    NavigableMap<Long, SnapshotView> snapshots,
    Map<Long, Set<String>> outcomes,
    SortedMap<String, Measurement> latest) {

  static final MeasuresView NONE = new MeasuresView(new TreeMap<>(), Map.of(), new TreeMap<>());

  public MeasuresView {
    snapshots = Collections.unmodifiableNavigableMap(new TreeMap<>(snapshots));
    outcomes = Map.copyOf(outcomes);
    latest = Collections.unmodifiableSortedMap(new TreeMap<>(latest));
  }

  MeasuresView with(SnapshotManifest manifest) {
    SnapshotView before = snapshots.get(manifest.getStep());
    if (before != null && before.incarnation() > manifest.getIncarnation()) {
      return this;
    }
    NavigableMap<Long, SnapshotView> more = new TreeMap<>(snapshots);
    more.put(manifest.getStep(), SnapshotView.of(manifest));
    return new MeasuresView(more, outcomes, latest);
  }

  /** Without the snapshots that {@code owner} says are stale. */
  MeasuresView ownedBy(StepOwner owner) {
    NavigableMap<Long, SnapshotView> owned = new TreeMap<>(snapshots);
    boolean less = owned.values().removeIf(s -> !owner.accepts(s.incarnation(), s.step()));
    return less ? new MeasuresView(owned, outcomes, latest) : this;
  }

  MeasuresView with(Measurement measurement) {
    String key = measurement.getMeasure();
    Map<Long, Set<String>> moreOutcomes = new TreeMap<>(outcomes);
    moreOutcomes.merge(measurement.getStep(), Set.of(key), MeasuresView::union);
    SortedMap<String, Measurement> moreLatest = new TreeMap<>(latest);
    Measurement before = latest.get(key);
    if (before == null || measurement.getStep() >= before.getStep()) {
      moreLatest.put(key, measurement);
    }
    return new MeasuresView(snapshots, moreOutcomes, moreLatest);
  }

  /** Whether the snapshot at {@code step} is announced and has all its outcomes. */
  public boolean isMeasured(long step, Collection<MeasureGroup> groups) {
    SnapshotView snapshot = snapshots.get(step);
    Set<String> settled = outcomes.getOrDefault(step, Set.of());
    return snapshot != null
        && groups.stream()
            .filter(snapshot::concerns)
            .allMatch(group -> settled.containsAll(group.getMeasuresList()));
  }

  /** Whether {@link #isMeasured} holds for every snapshot. */
  public boolean complete(Collection<MeasureGroup> groups) {
    return snapshots.keySet().stream().allMatch(step -> isMeasured(step, groups));
  }

  /** The value of a measure on the snapshot at {@code step}, if it is the latest; else NaN. */
  double valueAt(long step, String measure) {
    Measurement measurement = latest.get(measure);
    return measurement != null && measurement.getStep() == step && measurement.hasValue()
        ? measurement.getValue()
        : Double.NaN;
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> both = new HashSet<>(a);
    both.addAll(b);
    return Set.copyOf(both);
  }
}
