package dev.gengap.cli.measure;

import dev.gengap.experiment.results.FileMeasurementRow;
import dev.gengap.experiment.results.FileMeasurementRow.Origin;
import dev.gengap.experiment.results.FileMeasurementRow.Subject;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.MeasurementRow.Status;
import dev.gengap.measures.MeasureResult;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.api.MeasuredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Results as rows of a table. */
final class FileRows {
  private final Subject subject;
  private final MeasureResult result;
  private final String device;

  private FileRows(Subject subject, MeasureResult result, String device) {
    this.subject = subject;
    this.result = result;
    this.device = device;
  }

  /** One row for a value of the whole network, or one for each weight layer. */
  static List<FileMeasurementRow> of(Subject subject, MeasureResult result, String device) {
    return new FileRows(subject, result, device).rows();
  }

  private List<FileMeasurementRow> rows() {
    if (result.outcome() instanceof Outcome.Failed failed) {
      return List.of(none(Status.FAILED, failed.reason()));
    }
    MeasuredValue value = ((Outcome.Measured) result.outcome()).value();
    if (value instanceof MeasuredValue.NotApplicable notApplicable) {
      return List.of(none(Status.NOT_APPLICABLE, notApplicable.reason()));
    }
    if (value instanceof MeasuredValue.PerLayer layers) {
      return layers(layers.values());
    }
    return List.of(scalar((MeasuredValue.Scalar) value));
  }

  private FileMeasurementRow scalar(MeasuredValue.Scalar scalar) {
    return row(
        OptionalInt.empty(),
        OptionalDouble.of(scalar.value()),
        scalar.standardError(),
        scalar.timeLimited());
  }

  private List<FileMeasurementRow> layers(List<Double> values) {
    List<FileMeasurementRow> rows = new ArrayList<>();
    for (double value : values) {
      rows.add(
          row(
              OptionalInt.of(rows.size()),
              OptionalDouble.of(value),
              OptionalDouble.empty(),
              false));
    }
    return List.copyOf(rows);
  }

  private FileMeasurementRow row(
      OptionalInt layer, OptionalDouble value, OptionalDouble error, boolean timeLimited) {
    return new FileMeasurementRow(
        subject,
        result.key(),
        layer,
        value,
        error,
        timeLimited,
        Status.OK,
        "",
        conventions(),
        origin());
  }

  private FileMeasurementRow none(Status status, String reason) {
    return new FileMeasurementRow(
        subject,
        result.key(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        false,
        status,
        reason,
        conventions(),
        origin());
  }

  private String conventions() {
    return MeasurementRow.conventions(result.conventions());
  }

  private Origin origin() {
    return new Origin(result.seed(), result.wallMillis() / 1e3, device);
  }
}
