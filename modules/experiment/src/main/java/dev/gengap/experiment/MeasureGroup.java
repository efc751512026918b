package dev.gengap.experiment;

import dev.gengap.measures.api.Settings;
import java.util.List;
import java.util.Set;

/**
 * Measures that are computed together, beside training.
 *
 * @param name of the group
 * @param use names of measures and families of them, as the file has them
 * @param keys of the measures that these stand for, each once
 * @param at the moments whose snapshots it measures; empty: every snapshot
 * @param settings of its measures
 */
public record MeasureGroup(
    String name, List<String> use, List<String> keys, Set<Moment> at, Settings settings) {
  public MeasureGroup {
    use = List.copyOf(use);
    keys = List.copyOf(keys);
    at = Set.copyOf(at);
  }

  /** Whether the group measures a snapshot taken for the reasons {@code moments}. */
  public boolean wants(Set<Moment> moments) {
    return at.isEmpty() || at.stream().anyMatch(moments::contains);
  }
}
