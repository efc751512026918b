package dev.gengap.monitor.report;

import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.results.MeasurementRow;
import dev.gengap.experiment.results.MeasurementRow.Status;
import dev.gengap.monitor.report.Chart.Size;
import dev.gengap.monitor.report.Series.Form;
import dev.gengap.monitor.report.Series.Point;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Each measure of whole networks against the epoch of the snapshot. Immutable.
 *
 * @param results in the grid's order
 */
record MeasureCharts(Experiment experiment, List<RunResults> results, Colours colours) {
  /** The charts, and a list of the measures that have no value anywhere, as HTML. */
  String html() {
    StringBuilder charts = new StringBuilder();
    StringBuilder without = new StringBuilder();
    for (String measure : measures()) {
      if (rows(measure).anyMatch(row -> row.status() == Status.OK)) {
        charts.append(chart(measure).html());
      } else {
        without.append(withoutValue(measure));
      }
    }
    String grid = charts.isEmpty() ? "" : "<div class=\"small\">\n" + charts + "</div>\n";
    String list = without.isEmpty() ? "" : "<p>Without a value:</p>\n<ul>\n" + without + "</ul>\n";
    return grid + list;
  }

  /** The measures of whole networks, in the experiment's order, then others that the files have. */
  private Set<String> measures() {
    Set<String> measured =
        results.stream()
            .flatMap(run -> run.measurements().stream())
            .filter(row -> row.layer().isEmpty())
            .map(MeasurementRow::measure)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> ordered = new LinkedHashSet<>();
    experiment.measures().forEach(group -> ordered.addAll(group.keys()));
    ordered.retainAll(layerless(measured));
    ordered.addAll(layerless(measured));
    return ordered;
  }

  /** Measures of layers have rows without a layer, too, where they are not applicable. */
  private Set<String> layerless(Set<String> measured) {
    Set<String> ofLayers =
        results.stream()
            .flatMap(run -> run.measurements().stream())
            .filter(row -> row.layer().isPresent())
            .map(MeasurementRow::measure)
            .collect(Collectors.toSet());
    Set<String> others = new LinkedHashSet<>(measured);
    others.removeAll(ofLayers);
    return others;
  }

  private Stream<MeasurementRow> rows(String measure) {
    return results.stream().flatMap(run -> rows(run, measure));
  }

  private static Stream<MeasurementRow> rows(RunResults run, String measure) {
    return run.measurements().stream().filter(row -> row.measure().equals(measure));
  }

  private Chart chart(String measure) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      series.addAll(lines(i, measure));
    }
    Scale scale = Scale.fitting(Series.ordinates(series));
    return new Chart(
        measure,
        note(measure),
        Size.SMALL,
        TrainingCharts.epochs(series),
        new Axis(scale instanceof LogScale ? "value, log scale" : "value", scale),
        series);
  }

  /** A line of run {@code index}, or several if its measurements differ in their conventions. */
  private List<Series> lines(int index, String measure) {
    RunResults run = results.get(index);
    Map<String, List<Point>> byConventions = new TreeMap<>();
    rows(run, measure)
        .forEach(
            row ->
                byConventions
                    .computeIfAbsent(row.conventions(), conventions -> new ArrayList<>())
                    .add(point(row)));
    return byConventions.values().stream()
        .map(points -> new Series(colours.classes(index), run.title(), Form.DOTTED, points))
        .toList();
  }

  /** The line breaks where there is no value. */
  private static Point point(MeasurementRow row) {
    return new Point(row.epoch(), row.value().orElse(Double.NaN));
  }

  private String note(String measure) {
    return Stream.of(Status.NOT_APPLICABLE, Status.FAILED)
        .map(status -> count(measure, status))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private String count(String measure, Status status) {
    long count = rows(measure).filter(row -> row.status() == status).count();
    String word = status == Status.FAILED ? " failed" : " not applicable";
    return count == 0 ? "" : count + word;
  }

  private String withoutValue(String measure) {
    String reasons =
        rows(measure).map(MeasurementRow::reason).distinct().collect(Collectors.joining("; "));
    return "<li><b>" + Markup.escape(measure) + "</b>: " + Markup.escape(reasons) + "</li>\n";
  }
}
