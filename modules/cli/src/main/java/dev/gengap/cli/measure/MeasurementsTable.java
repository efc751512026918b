package dev.gengap.cli.measure;

import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.monitor.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results for people: a line for each measure, with the formula it stands for. */
final class MeasurementsTable {
  private MeasurementsTable() {}

  static List<String> lines(List<MeasureResult> results) {
    return new Table()
        .left(Table.column("measure", results, MeasureResult::key))
        .left(Table.column("value", results, MeasurementsTable::value))
        .left(Table.column("formula", results, result -> result.measure().formula()))
        .lines();
  }

  private static String value(MeasureResult result) {
    if (result.outcome() instanceof Outcome.Failed failed) {
      return "failed: " + failed.reason();
    }
    MeasuredValue value = ((Outcome.Measured) result.outcome()).value();
    if (value instanceof MeasuredValue.Scalar scalar) {
      return number(scalar.value())
          + (scalar.standardError().isPresent()
              ? " ± " + number(scalar.standardError().getAsDouble())
              : "");
    }
    if (value instanceof MeasuredValue.PerLayer layers) {
      return layers.values().stream()
          .map(MeasurementsTable::number)
          .collect(Collectors.joining(", "));
    }
    return ((MeasuredValue.NotApplicable) value).reason();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.6g", value);
  }
}
