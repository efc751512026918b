package dev.gengap.monitor;

import java.util.ArrayList;
import java.util.List;

/** A table with a line for each measure and a column for each run: what was measured at last. */
final class MeasureRows {
  private MeasureRows() {}

  /**
   * The table, with as many runs as fit; no lines where nothing was measured.
   *
   * @param width columns the table must fit
   */
  static List<String> lines(ExperimentView view, List<RunView> runs, int width) {
    List<String> measures = MeasureColumns.scalars(view, runs);
    if (measures.isEmpty()) {
      return List.of();
    }
    Labels labels = new Labels(view);
    Table table = new Table().left(Table.column("measure", measures, Format::plain));
    int shown = 0;
    for (RunView run : runs) {
      table.right(
          Table.column(
              labels.of(run),
              measures,
              measure -> Format.outcome(run.measures().latest().get(measure))));
      if (table.width() > width && shown > 0) {
        table.dropLast();
        break;
      }
      shown++;
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (shown < runs.size()) {
      lines.add("+ " + (runs.size() - shown) + " more runs: see their measurements.csv");
    }
    return lines;
  }
}
