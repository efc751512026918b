package dev.gengap.monitor.report;

import dev.gengap.experiment.results.ProgressRow;
import dev.gengap.monitor.report.Chart.Size;
import dev.gengap.monitor.report.Series.Form;
import dev.gengap.monitor.report.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Training loss and accuracies against epochs. Immutable.
 *
 * @param results in the grid's order
 */
record TrainingCharts(List<RunResults> results, Colours colours) {
  /** The charts, as HTML. */
  String html() {
    return loss().html() + accuracy().html();
  }

  private Chart loss() {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      RunResults run = results.get(i);
      series.add(line(i, "", Form.SOLID, run::trainLoss));
    }
    Scale scale = LogScale.covering(Series.ordinates(series));
    long hidden =
        series.stream()
            .flatMap(line -> line.points().stream())
            .filter(point -> !scale.shows(point.y()))
            .count();
    return new Chart(
        "Training loss",
        note(hidden),
        Size.LARGE,
        epochs(series),
        new Axis("cross-entropy [nats], log scale", scale),
        series);
  }

  private String note(long hidden) {
    List<RunResults> begun = results.stream().filter(run -> !run.progress().isEmpty()).toList();
    String source =
        begun.stream().allMatch(RunResults::evaluated)
            ? "all training examples, in evaluation mode"
            : begun.stream().noneMatch(RunResults::evaluated)
                ? "mean of the epoch so far"
                : "all training examples, or the mean of the epoch where these are not evaluated";
    return hidden == 0 ? source : source + "; not drawn: " + hidden + " zero or not finite";
  }

  private Chart accuracy() {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      RunResults run = results.get(i);
      series.add(line(i, ", training", Form.SOLID, run::trainAccuracy));
      series.add(line(i, ", test", Form.DASHED, ProgressRow::testAccuracy));
      series.add(line(i, ", held out", Form.DOTTED, ProgressRow::heldOutAccuracy));
    }
    boolean heldOut =
        series.stream().anyMatch(line -> line.form() == Form.DOTTED && !line.points().isEmpty());
    return new Chart(
        "Accuracy",
        "training solid, test dashed" + (heldOut ? ", held out dotted" : ""),
        Size.LARGE,
        epochs(series),
        new Axis("fraction correct", LinearScale.upTo(1)),
        series);
  }

  private Series line(
      int run, String suffix, Form form, Function<ProgressRow, OptionalDouble> value) {
    RunResults result = results.get(run);
    List<Point> points =
        result.progress().stream()
            .filter(row -> value.apply(row).isPresent())
            .map(row -> new Point(row.epoch(), value.apply(row).getAsDouble()))
            .toList();
    return new Series(colours.classes(run), result.title() + suffix, form, points);
  }

  static Axis epochs(List<Series> series) {
    return new Axis("epochs", LinearScale.upTo(Series.end(series)));
  }
}
