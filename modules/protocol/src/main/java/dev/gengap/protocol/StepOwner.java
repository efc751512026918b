package dev.gengap.protocol;

import dev.gengap.protocol.v1.Placement;
import dev.gengap.protocol.v1.RunState;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose the steps of a run are: a step belongs to the newest incarnation that began before it, step
 * 0 to the newest that began anew. What another incarnation tells of a step is stale, however late
 * it comes. States may come in any order and any number of times; what is stale once stays so.
 * Immutable.
 *
 * @param firstSteps the step each known incarnation went on from, 0 if it began anew
 */
public record StepOwner(SortedMap<Integer, Long> firstSteps) {
  /** Of a run none of whose incarnations is known. */
  public static final StepOwner UNKNOWN = new StepOwner(new TreeMap<>());

  public StepOwner {
    firstSteps = Collections.unmodifiableSortedMap(new TreeMap<>(firstSteps));
  }

  /** What {@code state} says of its run. */
  public static StepOwner of(RunState state) {
    return UNKNOWN.with(state);
  }

  /** This and what {@code state} adds to it. */
  public StepOwner with(RunState state) {
    SortedMap<Integer, Long> more = new TreeMap<>(firstSteps);
    for (Placement placement : state.getPlacementsList()) {
      if (isFirstStepKnown(placement)) {
        more.put(placement.getIncarnation(), placement.getFirstStep());
      }
    }
    return more.equals(firstSteps) ? this : new StepOwner(more);
  }

  /**
   * Whether what {@code incarnation} tells of {@code step} counts: no newer one is known that began
   * before. An incarnation counts before a state tells of it, too, since the topics have no order
   * among them.
   *
   * @param step ≥ 0
   */
  public boolean accepts(int incarnation, long step) {
    return firstSteps.tailMap(incarnation + 1).values().stream()
        .noneMatch(first -> first < Math.max(1, step));
  }

  /** The newest incarnation known; 0 where none is. */
  public int newest() {
    return firstSteps.isEmpty() ? 0 : firstSteps.lastKey();
  }

  /** The step the newest incarnation known went on from; 0 where none is. */
  public long newestFirstStep() {
    return firstSteps.isEmpty() ? 0 : firstSteps.get(firstSteps.lastKey());
  }

  /** Resume points have a step above 0: earlier versions did not say which. */
  private static boolean isFirstStepKnown(Placement placement) {
    return placement.getFirstStep() > 0 || !placement.getResumed();
  }
}
