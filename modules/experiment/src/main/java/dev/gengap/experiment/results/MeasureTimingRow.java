package dev.gengap.experiment.results;

import java.util.List;

/**
 * What a measurement cost, and where and when it was made.
 *
 * @param step of the snapshot
 * @param measure key of the measure
 * @param conventions as in {@link MeasurementRow}
 * @param seconds it took [s]
 * @param device it was computed on
 * @param stalenessSteps steps the run had gone on when the value was published
 */
public record MeasureTimingRow(
    long step,
    String measure,
    String conventions,
    double seconds,
    String device,
    long stalenessSteps) {
  /** The columns of {@code measure-timing.csv}. */
  public static final CsvForm<MeasureTimingRow> FORM =
      new CsvForm<>(
          List.of("step", "measure", "conventions", "seconds", "device", "staleness_steps"),
          MeasureTimingRow::cells,
          MeasureTimingRow::of);

  private List<String> cells() {
    return List.of(
        Long.toString(step),
        measure,
        conventions,
        Csv.number(seconds),
        device,
        Long.toString(stalenessSteps));
  }

  private static MeasureTimingRow of(List<String> cells) {
    return new MeasureTimingRow(
        Long.parseLong(cells.get(0)),
        cells.get(1),
        cells.get(2),
        Double.parseDouble(cells.get(3)),
        cells.get(4),
        Long.parseLong(cells.get(5)));
  }
}
