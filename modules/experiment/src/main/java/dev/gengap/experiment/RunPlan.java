package dev.gengap.experiment;

import dev.gengap.core.RunId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of an experiment. Immutable.
 *
 * @param id hash of everything that determines the run's bits
 * @param cell the keys that vary over the grid and their values here, as written for people, in the
 *     grid's order; empty without a grid
 * @param config everything the run needs
 */
public record RunPlan(RunId id, Map<String, String> cell, RunConfig config) {
  public RunPlan {
    cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
  }

  /** The run {@code config}, with the id that follows from it. */
  public static RunPlan of(Map<String, String> cell, RunConfig config) {
    return new RunPlan(RunId.of(RunDescription.canonicalJson(config)), cell, config);
  }

  /** The keys that vary over {@code runs}, in the grid's order. */
  public static List<String> axes(List<RunPlan> runs) {
    return runs.stream().flatMap(run -> run.cell().keySet().stream()).distinct().toList();
  }

  /** A short name for people: the cell's values, or the run's id without a grid. */
  public String label() {
    return cell.isEmpty() ? id.value() : String.join(", ", cell.values());
  }
}
