package dev.gengap.experiment.results;

import dev.gengap.core.RunId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One measured value. Nothing here depends on the clock; times are in {@link MeasureTimingRow}.
 *
 * @param run measured
 * @param step of the snapshot
 * @param epoch of the snapshot, a fraction within one
 * @param measure key of the measure
 * @param layer number of the weight layer, from 0; empty for a value of the whole network
 * @param value the value, finite; empty unless the status is {@link Status#OK}
 * @param standardError of a sampled value
 * @param timeLimited whether a limit of time ended it before the value was as good as asked
 * @param status whether there is a value
 * @param reason why there is none; otherwise empty
 * @param seed of the measure's randomness
 * @param conventions what the value depends on, the settings included: {@code name=value,…}, sorted
 */
public record MeasurementRow(
    RunId run,
    long step,
    double epoch,
    String measure,
    OptionalInt layer,
    OptionalDouble value,
    OptionalDouble standardError,
    boolean timeLimited,
    Status status,
    String reason,
    long seed,
    String conventions) {

  /** Whether a measurement has a value. */
  public enum Status {
    OK,
    /** The measure means nothing for this snapshot. */
    NOT_APPLICABLE,
    /** Computing it failed as often as was allowed. */
    FAILED;

    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Status of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** The order of finished files, the same whatever order measurements came in. */
  public static final Comparator<MeasurementRow> ORDER =
      Comparator.comparingLong(MeasurementRow::step)
          .thenComparing(MeasurementRow::measure)
          .thenComparing(MeasurementRow::conventions)
          .thenComparingInt(row -> row.layer().orElse(-1));

  /** The columns of {@code measurements.csv}. */
  public static final CsvForm<MeasurementRow> FORM =
      new CsvForm<>(
          List.of(
              "run",
              "step",
              "epoch",
              "measure",
              "layer",
              "value",
              "standard_error",
              "time_limited",
              "status",
              "reason",
              "seed",
              "conventions"),
          MeasurementRow::cells,
          MeasurementRow::of);

  public MeasurementRow {
    if (value.isPresent() != (status == Status.OK)) {
      throw new IllegalArgumentException(
          "status: " + status + " (expected: ok with a value, another without)");
    }
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException("value: " + value + " (expected: a finite number)");
    }
  }

  /** Conventions as the tables have them: {@code name=value,…}, sorted by name. */
  public static String conventions(Map<String, String> conventions) {
    return new TreeMap<>(conventions)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
  }

  private List<String> cells() {
    return List.of(
        run.value(),
        Long.toString(step),
        Csv.number(epoch),
        measure,
        layer.isPresent() ? Integer.toString(layer.getAsInt()) : "",
        Csv.number(value),
        Csv.number(standardError),
        Boolean.toString(timeLimited),
        status.key(),
        reason,
        Long.toString(seed),
        conventions);
  }

  private static MeasurementRow of(List<String> cells) {
    String layer = cells.get(4);
    return new MeasurementRow(
        new RunId(cells.get(0)),
        Long.parseLong(cells.get(1)),
        Double.parseDouble(cells.get(2)),
        cells.get(3),
        layer.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(layer)),
        Csv.number(cells.get(5)),
        Csv.number(cells.get(6)),
        Boolean.parseBoolean(cells.get(7)),
        Status.of(cells.get(8)),
        cells.get(9),
        Long.parseLong(cells.get(10)),
        cells.get(11));
  }
}
