package dev.gengap.experiment.results;

import dev.gengap.experiment.Decimal;
import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.Json;
import dev.gengap.experiment.RunDescription;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.results.RunSummary.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of an experiment side by side, as they ended. Immutable.
 *
 * @param rows one per run, in the grid's order
 */
public record Comparison(List<Row> rows) {
  public Comparison {
    rows = List.copyOf(rows);
  }

  /**
   * One run.
   *
   * @param run the run
   * @param summary how it ended, if it has
   * @param measured values of the whole network at its last step, by measure; of several of one
   *     measure, by {@code measure (conventions)}
   */
  public record Row(
      RunPlan run, Optional<RunSummary> summary, Map<String, MeasurementRow> measured) {
    /** Training accuracy less test accuracy: the generalization gap of the 0-1 error. */
    public Optional<Double> gap() {
      return summary.flatMap(
          s -> s.train().flatMap(a -> s.test().map(b -> a.accuracy() - b.accuracy())));
    }
  }

  /** Reads the rows of {@code experiment} from its folder. */
  static Comparison of(Experiment experiment, RunFolder folder) {
    return new Comparison(experiment.runs().stream().map(run -> row(run, folder)).toList());
  }

  private static Row row(RunPlan run, RunFolder folder) {
    RunFiles files = folder.run(run.id());
    Optional<RunSummary> summary = files.summary();
    Map<String, List<MeasurementRow>> byMeasure = new LinkedHashMap<>();
    if (summary.isPresent()) {
      files.measurements().stream()
          .filter(row -> row.layer().isEmpty() && row.step() == summary.get().steps())
          .forEach(
              row -> byMeasure.computeIfAbsent(row.measure(), m -> new ArrayList<>()).add(row));
    }
    Map<String, MeasurementRow> measured = new LinkedHashMap<>();
    byMeasure.forEach(
        (measure, rows) -> rows.forEach(row -> measured.put(name(row, rows.size() > 1), row)));
    return new Row(run, summary, measured);
  }

  private static String name(MeasurementRow row, boolean ambiguous) {
    return ambiguous ? row.measure() + " (" + row.conventions() + ")" : row.measure();
  }

  /** As a JSON array; what is not known is null. */
  String json() {
    return Json.pretty(rows.stream().map(this::json).toList());
  }

  private Map<String, Object> json(Row row) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", row.run().id().value());
    all.put("cell", row.run().cell());
    all.put("ended_by", row.summary().map(s -> RunDescription.key(s.outcome())).orElse(null));
    all.put("epochs", row.summary().map(RunSummary::epochs).map(Decimal::of).orElse(null));
    all.put("steps", row.summary().map(RunSummary::steps).orElse(null));
    all.put("train", row.summary().flatMap(RunSummary::train).map(this::json).orElse(null));
    all.put("test", row.summary().flatMap(RunSummary::test).map(this::json).orElse(null));
    all.put("gap", row.gap().map(Decimal::of).orElse(null));
    Map<String, Object> values = new LinkedHashMap<>();
    row.measured().forEach((measure, found) -> values.put(measure, json(found)));
    all.put("measures", values);
    return all;
  }

  private Map<String, Object> json(Scores scores) {
    return Map.of("loss", Json.number(scores.loss()), "accuracy", Json.number(scores.accuracy()));
  }

  private static Object json(MeasurementRow row) {
    return row.value().isPresent()
        ? Decimal.of(row.value().getAsDouble())
        : Map.of("status", row.status().key(), "reason", row.reason());
  }
}
