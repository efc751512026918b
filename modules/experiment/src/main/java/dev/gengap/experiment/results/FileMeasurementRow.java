package dev.gengap.experiment.results;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One value measured on a file of weights, wherever it was trained.
 *
 * @param subject what was measured
 * @param measure key of the measure
 * @param layer number of the weight layer, from 0; empty for a value of the whole network
 * @param value the value, finite; empty unless the status is {@link MeasurementRow.Status#OK}
 * @param standardError of a sampled value
 * @param timeLimited whether a limit of time ended it before the value was as good as asked
 * @param status whether there is a value
 * @param reason why there is none; otherwise empty
 * @param conventions as in {@link MeasurementRow}
 * @param origin how it was made
 */
public record FileMeasurementRow(
    Subject subject,
    String measure,
    OptionalInt layer,
    OptionalDouble value,
    OptionalDouble standardError,
    boolean timeLimited,
    MeasurementRow.Status status,
    String reason,
    String conventions,
    Origin origin) {

  /**
   * What was measured.
   *
   * @param file the weights, its name alone
   * @param step of the weights
   * @param sha256 of the file
   * @param initialSha256 of the file of the initialisation; empty for a measure that needs none, or
   *     where there was none
   */
  public record Subject(String file, long step, String sha256, String initialSha256) {}

  /**
   * How a value was made.
   *
   * @param seed of the measure's randomness
   * @param seconds it took [s]
   * @param device it was computed on
   */
  public record Origin(long seed, double seconds, String device) {}

  /** The columns of {@code measurements.csv} in a folder of weights. */
  public static final CsvForm<FileMeasurementRow> FORM =
      new CsvForm<>(
          List.of(
              "file",
              "step",
              "measure",
              "layer",
              "value",
              "standard_error",
              "time_limited",
              "status",
              "reason",
              "conventions",
              "seed",
              "seconds",
              "device",
              "sha256",
              "initial_sha256"),
          FileMeasurementRow::cells,
          FileMeasurementRow::of);

  private List<String> cells() {
    return List.of(
        subject.file(),
        Long.toString(subject.step()),
        measure,
        layer.isPresent() ? Integer.toString(layer.getAsInt()) : "",
        Csv.number(value),
        Csv.number(standardError),
        Boolean.toString(timeLimited),
        status.key(),
        reason,
        conventions,
        Long.toString(origin.seed()),
        Csv.number(origin.seconds()),
        origin.device(),
        subject.sha256(),
        subject.initialSha256());
  }

  private static FileMeasurementRow of(List<String> cells) {
    String layer = cells.get(3);
    return new FileMeasurementRow(
        new Subject(cells.get(0), Long.parseLong(cells.get(1)), cells.get(13), cells.get(14)),
        cells.get(2),
        layer.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(layer)),
        Csv.number(cells.get(4)),
        Csv.number(cells.get(5)),
        Boolean.parseBoolean(cells.get(6)),
        MeasurementRow.Status.of(cells.get(7)),
        cells.get(8),
        cells.get(9),
        new Origin(
            Long.parseLong(cells.get(10)), Double.parseDouble(cells.get(11)), cells.get(12)));
  }
}
