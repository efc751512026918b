package dev.gengap.monitor;

import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Measurement.OutcomeCase;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Columns of a table for the measures whose outcome is one number. */
final class MeasureColumns {
  private MeasureColumns() {}

  /**
   * Adds the latest outcomes of as many measures as fit, in the order the experiment asks for them.
   *
   * @param width columns of the terminal the table must fit
   * @return how many did not fit
   */
  static int addTo(Table table, ExperimentView view, List<RunView> runs, int width) {
    List<String> measures = scalars(view, runs);
    for (int added = 0; added < measures.size(); added++) {
      String measure = measures.get(added);
      table.right(
          Table.column(
              Format.plain(measure),
              runs,
              run -> Format.outcome(run.measures().latest().get(measure))));
      if (table.width() > width) {
        table.dropLast();
        return measures.size() - added;
      }
    }
    return 0;
  }

  /** The measures whose outcome is one number, in the order the experiment asks for them. */
  static List<String> scalars(ExperimentView view, List<RunView> runs) {
    Set<String> keys = new LinkedHashSet<>(view.measureKeys());
    runs.forEach(run -> keys.addAll(run.measures().latest().keySet()));
    return keys.stream().filter(key -> runs.stream().anyMatch(run -> isScalar(run, key))).toList();
  }

  private static boolean isScalar(RunView run, String key) {
    Measurement measurement = run.measures().latest().get(key);
    return measurement != null && measurement.getOutcomeCase() != OutcomeCase.LAYER_VALUES;
  }
}
