package dev.gengap.monitor;

import dev.gengap.protocol.v1.RunState.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A view as the lines of a terminal: a row for each run that fits, the others summarised, then the
 * latest measures. A pure function; no line is wider than the terminal, and one row stays free for
 * the cursor.
 */
public final class LiveRenderer {
  /** Runs that run are shown first, those that only wait last. */
  private static final List<Phase> URGENCY =
      List.of(Phase.RUNNING, Phase.FAILED, Phase.STOPPED, Phase.FINISHED, Phase.WAITING);

  /** The title and the header of the table of runs. */
  private static final int FIXED_LINES = 2;

  private LiveRenderer() {}

  /** The lines that show {@code view} on a terminal of {@code size}. */
  public static List<String> lines(ExperimentView view, Terminal.Size size) {
    int height = Math.max(1, size.height() - 1);
    List<RunView> runs = view.runs();
    if (runs.isEmpty()) {
      return fitted(List.of("waiting for the experiment ..."), height, size.width());
    }
    List<RunView> shown = mostUrgent(runs, rowsForRuns(runs, height));
    List<String> lines = new ArrayList<>();
    lines.add(Format.plain(view.header().getName()) + "  " + Phases.summary(runs));
    lines.addAll(RunTable.lines(view, shown, size.width()));
    if (shown.size() < runs.size()) {
      List<RunView> others = runs.stream().filter(run -> !shown.contains(run)).toList();
      lines.add("... and " + Phases.summary(others));
    }
    lines.addAll(measures(view, shown, new Terminal.Size(size.width(), height - lines.size())));
    return fitted(lines, height, size.width());
  }

  /** Measures get what the runs leave, and at least a third where there are any. */
  private static int rowsForRuns(List<RunView> runs, int height) {
    long measured = runs.stream().filter(LiveRenderer::hasMeasures).count();
    int rows = height - FIXED_LINES;
    int reserved = measured == 0 ? 0 : (int) Math.min(measured + 2, rows / 3);
    return Math.max(1, rows - reserved);
  }

  /** The most urgent runs, with a row spared for the summary of the others, in the grid's order. */
  private static List<RunView> mostUrgent(List<RunView> runs, int rows) {
    if (runs.size() <= rows) {
      return runs;
    }
    List<RunView> chosen =
        runs.stream()
            .sorted(Comparator.comparingInt(run -> URGENCY.indexOf(run.phase())))
            .limit(Math.max(1, rows - 1))
            .toList();
    return runs.stream().filter(chosen::contains).toList();
  }

  private static List<String> measures(
      ExperimentView view, List<RunView> shown, Terminal.Size room) {
    List<RunView> measured =
        shown.stream()
            .filter(LiveRenderer::hasMeasures)
            .limit(Math.max(0, room.height() - 2))
            .toList();
    if (measured.isEmpty()) {
      return List.of();
    }
    Table table = new Table();
    Labels labels = new Labels(view);
    table.left(Table.column("latest", measured, run -> labels.cut(run, room.width())));
    table.right(Table.column("step", measured, LiveRenderer::latestMeasuredStep));
    int omitted = MeasureColumns.addTo(table, view, measured, room.width());
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(table.lines());
    if (omitted > 0) {
      lines.set(1, lines.get(1) + "  +" + omitted);
    }
    return lines;
  }

  private static boolean hasMeasures(RunView run) {
    return !run.measures().latest().isEmpty();
  }

  private static String latestMeasuredStep(RunView run) {
    return String.valueOf(
        run.measures().latest().values().stream().mapToLong(m -> m.getStep()).max().orElse(0));
  }

  private static List<String> fitted(List<String> lines, int height, int width) {
    return lines.stream().limit(height).map(line -> Format.cut(line, width)).toList();
  }
}
