package dev.gengap.monitor;

import dev.gengap.protocol.v1.RunState.Phase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The phases of runs in words. */
final class Phases {
  private Phases() {}

  static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /** How many runs there are, and how many in each phase. */
  static String summary(List<RunView> runs) {
    Map<Phase, Long> counts =
        runs.stream()
            .collect(Collectors.groupingBy(RunView::phase, TreeMap::new, Collectors.counting()));
    String phases =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + name(entry.getKey()))
            .collect(Collectors.joining(", "));
    return runs.size() + (runs.size() == 1 ? " run: " : " runs: ") + phases;
  }

  /** The phase of {@code run} and, where it has one, the reason. */
  static String withReason(RunView run) {
    String reason = Format.plain(run.state().getReason());
    return name(run.phase()) + (reason.isEmpty() ? "" : ": " + reason);
  }
}
