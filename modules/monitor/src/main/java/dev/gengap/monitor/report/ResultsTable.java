package dev.gengap.monitor.report;

import dev.gengap.experiment.RunDescription;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.results.RunSummary;
import dev.gengap.experiment.results.RunSummary.Outcome;
import dev.gengap.monitor.Format;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * The runs side by side, as they ended or as far as they came. Immutable.
 *
 * @param results in the grid's order
 */
record ResultsTable(List<RunResults> results, Colours colours) {
  private static final List<String> NUMBERS =
      List.of("epochs", "steps", "train loss", "train acc", "test acc", "gap");

  /** The table, as HTML. */
  String html() {
    List<String> axes = RunPlan.axes(results.stream().map(RunResults::plan).toList());
    StringBuilder html =
        new StringBuilder("<div class=\"wide\">\n<table>\n<thead><tr><th>run</th>");
    axes.forEach(axis -> html.append("<th>" + Markup.escape(axis) + "</th>"));
    NUMBERS.forEach(column -> html.append("<th class=\"number\">" + column + "</th>"));
    html.append("<th>ended by</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < results.size(); i++) {
      appendRow(html, i, axes);
    }
    return html.append("</tbody>\n</table>\n</div>\n").toString();
  }

  private void appendRow(StringBuilder html, int index, List<String> axes) {
    RunResults run = results.get(index);
    html.append("<tr class=\"" + colours.classes(index) + "\"><td><i></i><code>")
        .append(run.plan().id().value() + "</code></td>");
    for (String axis : axes) {
      html.append("<td>" + Markup.escape(run.plan().cell().getOrDefault(axis, "")) + "</td>");
    }
    appendNumber(html, text(run.epochs(), Format::epochs));
    appendNumber(html, run.steps().map(steps -> Long.toString(steps)).orElse(Format.UNKNOWN));
    appendNumber(html, text(run.trainLoss(), Format::number));
    appendNumber(html, text(run.trainAccuracy(), Format::fraction));
    appendNumber(html, text(run.testAccuracy(), Format::fraction));
    appendNumber(html, text(run.gap(), Format::gap));
    html.append("<td>" + run.summary().map(ResultsTable::end).orElseGet(() -> far(run)))
        .append("</td></tr>\n");
  }

  private static void appendNumber(StringBuilder html, String number) {
    html.append("<td class=\"number\">" + number + "</td>");
  }

  private static String text(OptionalDouble value, DoubleFunction<String> format) {
    return value.isPresent() ? format.apply(value.getAsDouble()) : Format.UNKNOWN;
  }

  private static String end(RunSummary summary) {
    String outcome = RunDescription.key(summary.outcome());
    String reason = Markup.escape(summary.reason());
    return summary.outcome() == Outcome.FAILED
        ? "<strong>" + outcome + "</strong>: " + reason
        : "<span title=\"" + reason + "\">" + outcome + "</span>";
  }

  private static String far(RunResults run) {
    return run.progress().isEmpty() ? "not begun" : "not finished";
  }
}
