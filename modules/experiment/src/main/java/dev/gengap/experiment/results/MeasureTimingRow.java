package dev.gengap.experiment.results;

import java.util.List;

/**
 * What a measurement cost.
 *
 * @param step of the snapshot
 * @param measure key of the measure
 * @param seconds it took [s]
 */
public record MeasureTimingRow(long step, String measure, double seconds) {
  /** The columns of {@code measure-timing.csv}. */
  public static final CsvForm<MeasureTimingRow> FORM =
      new CsvForm<>(
          List.of("step", "measure", "seconds"),
          row -> List.of(Long.toString(row.step()), row.measure(), Csv.number(row.seconds())),
          cells ->
              new MeasureTimingRow(
                  Long.parseLong(cells.get(0)), cells.get(1), Double.parseDouble(cells.get(2))));
}
