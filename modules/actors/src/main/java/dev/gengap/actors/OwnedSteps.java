package dev.gengap.actors;

import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.RunState;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What incarnations of one run told of its steps, one value for each step: that of its owner. A
 * state of the run may come after what it makes stale, which is then dropped: the same records in
 * any order leave the same.
 *
 * <p>Confined to its owner.
 */
final class OwnedSteps<T> {
  private final NavigableMap<Long, Told<T>> told = new TreeMap<>();
  private StepOwner owner = StepOwner.UNKNOWN;

  private record Told<T>(int incarnation, T value) {}

  /**
   * Takes what {@code incarnation} tells of {@code step}, in place of what it or an older one told
   * before.
   *
   * @return whether it was taken; otherwise it is stale
   */
  boolean put(int incarnation, long step, T value) {
    Told<T> before = told.get(step);
    boolean newest = before == null || incarnation >= before.incarnation();
    if (!newest || !owner.accepts(incarnation, step)) {
      return false;
    }
    told.put(step, new Told<>(incarnation, value));
    return true;
  }

  /** Takes note of a state of the run, and gives the steps it leaves without a value, in order. */
  List<Long> observe(RunState state) {
    StepOwner before = owner;
    owner = before.with(state);
    if (owner.equals(before)) {
      return List.of();
    }
    List<Long> stale =
        told.entrySet().stream()
            .filter(entry -> !owner.accepts(entry.getValue().incarnation(), entry.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    stale.forEach(told::remove);
    return stale;
  }

  /** The value of {@code step}, if there is one. */
  Optional<T> get(long step) {
    return Optional.ofNullable(told.get(step)).map(Told::value);
  }

  /** The incarnation whose value {@code step} has; 0 if it has none. */
  int incarnation(long step) {
    return Optional.ofNullable(told.get(step)).map(Told::incarnation).orElse(0);
  }

  /** All values, in the order of the steps. */
  List<T> values() {
    return told.values().stream().map(Told::value).toList();
  }

  /** Whose the steps are, as far as states told. */
  StepOwner owner() {
    return owner;
  }
}
