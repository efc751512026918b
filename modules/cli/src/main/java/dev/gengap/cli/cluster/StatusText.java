package dev.gengap.cli.cluster;

import dev.gengap.monitor.ExperimentSummary;
import dev.gengap.monitor.Format;
import dev.gengap.monitor.LiveRenderer;
import dev.gengap.monitor.Table;
import dev.gengap.monitor.Terminal;
import dev.gengap.protocol.v1.RunState.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The status of experiments, for people. Pure functions. */
final class StatusText {
  /** More rows than any experiment has runs and measures. */
  private static final int ALL_ROWS = 1_000_000;

  private StatusText() {}

  /** A header and a line for each experiment, then what keeps any from going on. */
  static List<String> table(List<ExperimentStatus> all) {
    Table table = new Table();
    table.left(Table.column("experiment", all, status -> status.submission().getName()));
    table.left(Table.column("wish", all, status -> WishWords.verb(status.submission().getWish())));
    for (Phase phase : StatusJson.PHASES) {
      table.right(numbers(name(phase), all, summary -> summary.runs(phase)));
    }
    table.right(Table.column("steps", all, status -> steps(status.summary())));
    table.right(numbers("measured", all, ExperimentSummary::measured));
    table.right(numbers("missing", all, ExperimentSummary::missing));
    table.left(Table.column("submitted", all, StatusText::submitted));
    List<String> lines = new ArrayList<>(table.lines());
    all.forEach(status -> lines.addAll(problem(status)));
    return lines;
  }

  /** What keeps the coordinator from doing what is wished. */
  private static List<String> problem(ExperimentStatus status) {
    String problem = status.submission().getProblem();
    return problem.isEmpty()
        ? List.of()
        : List.of(status.submission().getName() + " cannot go on: " + problem);
  }

  /** The experiment and its runs, as {@code watch} shows them. */
  static List<String> runs(ExperimentStatus status, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(
        status.submission().getName()
            + ": "
            + WishWords.verb(status.submission().getWish())
            + " is wished; submitted "
            + submitted(status));
    lines.addAll(problem(status));
    if (status.view().runs().isEmpty() && lines.size() == 1) {
      lines.add("no run has begun; is a node with role coordinator up?");
    }
    if (status.view().runs().isEmpty()) {
      return lines;
    }
    lines.addAll(LiveRenderer.lines(status.view(), new Terminal.Size(width, ALL_ROWS)));
    return lines;
  }

  static String name(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  /** When it was submitted, in UTC to the second. */
  static String submitted(ExperimentStatus status) {
    return Instant.ofEpochMilli(status.submission().getSubmittedMillis())
        .truncatedTo(ChronoUnit.SECONDS)
        .toString();
  }

  private static List<String> numbers(
      String header, List<ExperimentStatus> all, ToLongFunction<ExperimentSummary> number) {
    return Table.column(
        header,
        all,
        status ->
            status.summary().runs() == 0
                ? Format.UNKNOWN
                : String.valueOf(number.applyAsLong(status.summary())));
  }

  private static String steps(ExperimentSummary summary) {
    if (summary.runs() == 0) {
      return Format.UNKNOWN;
    }
    String most = summary.mostSteps().isPresent() ? "/" + summary.mostSteps().getAsLong() : "";
    return summary.steps() + most;
  }
}
