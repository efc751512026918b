package dev.gengap.monitor.report;

import dev.gengap.experiment.RunPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The colour of each run, by its place in the grid: its own while there are enough colours, and
 * beyond that the one of its value of a single grid key. Immutable.
 *
 * @param key the grid key whose values have colours; empty if runs have them
 */
record Colours(List<RunPlan> runs, Optional<String> key) {
  /** Colours that readers with colour vision deficiencies tell apart. */
  static final int COUNT = 8;

  static Colours of(List<RunPlan> runs) {
    Optional<String> key =
        runs.size() <= COUNT
            ? Optional.empty()
            : RunPlan.axes(runs).stream()
                .filter(axis -> !axis.equals("seed") && !axis.startsWith("seeds."))
                .filter(axis -> values(runs, axis).size() <= COUNT)
                .max(Comparator.comparingInt(axis -> values(runs, axis).size()));
    return new Colours(runs, key.filter(axis -> values(runs, axis).size() > 1));
  }

  /** CSS classes of what belongs to run {@code index}: its colour and itself. */
  String classes(int index) {
    int colour =
        key.map(axis -> values(runs, axis).indexOf(value(runs.get(index), axis))).orElse(index);
    return colour(colour) + " r" + index;
  }

  /** What each colour means, as a list. */
  String legend() {
    List<String> entries = new ArrayList<>();
    if (key.isPresent()) {
      List<String> values = values(runs, key.get());
      for (int i = 0; i < values.size(); i++) {
        entries.add(entry(colour(i), key.get() + " = " + values.get(i), ""));
      }
    } else {
      for (int i = 0; i < runs.size(); i++) {
        RunPlan run = runs.get(i);
        String id = run.cell().isEmpty() ? "" : run.id().value();
        entries.add(entry(classes(i), run.label(), id));
      }
    }
    return "<ul class=\"legend\">\n" + String.join("", entries) + "</ul>\n";
  }

  private static String entry(String classes, String label, String id) {
    return "<li class=\""
        + classes
        + "\"><i></i>"
        + Markup.escape(label)
        + (id.isEmpty() ? "" : " <code>" + id + "</code>")
        + "</li>\n";
  }

  private static String colour(int number) {
    return "c" + number % COUNT;
  }

  private static List<String> values(List<RunPlan> runs, String axis) {
    return runs.stream().map(run -> value(run, axis)).distinct().toList();
  }

  private static String value(RunPlan run, String axis) {
    return run.cell().getOrDefault(axis, "");
  }
}
