package dev.gengap.monitor;

import dev.gengap.protocol.v1.MeasureGroup;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An experiment in numbers: where its runs are, and how much was measured. Immutable.
 *
 * @param phases how many runs are in each phase; those that none is in are not among them
 * @param steps optimiser steps done, over all runs
 * @param mostSteps most steps the runs can take together; empty where that of one is open or not
 *     yet known
 * @param measured measurements of the snapshots taken so far that have an outcome, be it a failure
 * @param missing measurements asked of those snapshots that have none
 */
public record ExperimentSummary(
    Map<Phase, Integer> phases, long steps, OptionalLong mostSteps, long measured, long missing) {
  public ExperimentSummary {
    phases = Map.copyOf(phases);
  }

  /** The numbers of {@code view}. A pure function. */
  public static ExperimentSummary of(ExperimentView view) {
    List<RunView> runs = view.runs();
    Map<Phase, Integer> phases =
        runs.stream().collect(Collectors.groupingBy(RunView::phase, Collectors.summingInt(r -> 1)));
    long steps = runs.stream().mapToLong(RunView::step).sum();
    boolean open = runs.isEmpty() || runs.stream().anyMatch(run -> run.state().getMaxSteps() <= 0);
    long most = runs.stream().mapToLong(run -> run.state().getMaxSteps()).sum();
    long asked = 0;
    long measured = 0;
    List<MeasureGroup> groups = view.header().getGroupsList();
    for (RunView run : runs) {
      for (SnapshotView snapshot : run.measures().snapshots().values()) {
        Set<String> measures = asked(snapshot, groups);
        asked += measures.size();
        measures.retainAll(run.measures().outcomes().getOrDefault(snapshot.step(), Set.of()));
        measured += measures.size();
      }
    }
    return new ExperimentSummary(
        phases,
        steps,
        open ? OptionalLong.empty() : OptionalLong.of(most),
        measured,
        asked - measured);
  }

  /** How many runs are in {@code phase}. */
  public int runs(Phase phase) {
    return phases.getOrDefault(phase, 0);
  }

  /** How many runs there are; 0 until the experiment has begun. */
  public int runs() {
    return phases.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Set<String> asked(SnapshotView snapshot, Collection<MeasureGroup> groups) {
    Set<String> measures = new HashSet<>();
    groups.stream()
        .filter(snapshot::concerns)
        .forEach(group -> measures.addAll(group.getMeasuresList()));
    return measures;
  }
}
