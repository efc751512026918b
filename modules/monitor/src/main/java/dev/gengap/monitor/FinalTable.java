package dev.gengap.monitor;

import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.RunState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The runs of an experiment compared: what they are, how they did, what was measured at last. */
public final class FinalTable {
  private FinalTable() {}

  /**
   * A line for each run, a line for each measure, and what explains them. A pure function.
   *
   * @param width columns the measures must fit; the other columns are never left out
   */
  public static List<String> lines(ExperimentView view, int width) {
    List<RunView> runs = view.runs();
    Table table = cells(view, runs);
    table.right(Table.column("epochs", runs, run -> Format.epochs(run.epoch())));
    table.right(Table.column("steps", runs, run -> String.valueOf(run.step())));
    table.right(Table.column("train loss", runs, FinalTable::trainLoss));
    table.right(Table.column("train acc", runs, FinalTable::trainAccuracy));
    table.right(
        Table.column("test acc", runs, run -> Format.fraction(run.scores().testAccuracy())));
    table.right(Table.column("gap", runs, run -> Format.gap(run.scores().gap())));
    List<String> lines = new ArrayList<>(table.lines());
    List<String> measures = MeasureRows.lines(view, runs, width);
    if (!measures.isEmpty()) {
      lines.add("");
      lines.addAll(measures);
    }
    lines.addAll(notes(view, runs));
    return lines;
  }

  private static Table cells(ExperimentView view, List<RunView> runs) {
    Labels labels = new Labels(view);
    List<String> keys = labels.shortKeys();
    Table table = new Table().left(Table.column("run", runs, run -> Format.plain(run.id())));
    IntStream.range(0, keys.size())
        .forEach(i -> table.left(Table.column(keys.get(i), runs, run -> labels.value(run, i))));
    if (runs.stream().anyMatch(run -> run.phase() != Phase.FINISHED)) {
      table.left(Table.column("state", runs, run -> Phases.name(run.phase())));
    }
    return table;
  }

  private static List<String> notes(ExperimentView view, List<RunView> runs) {
    Labels labels = new Labels(view);
    Stream<String> means =
        runs.stream()
            .filter(run -> run.scores().running())
            .limit(1)
            .map(run -> "~ mean over the training passes of the last epoch");
    Stream<String> failed =
        runs.stream()
            .filter(run -> run.phase() == Phase.FAILED)
            .map(run -> labels.of(run) + ": " + Phases.withReason(run));
    Stream<String> unmeasured =
        runs.stream()
            .flatMap(run -> run.measures().latest().values().stream())
            .flatMap(measurement -> reason(measurement))
            .distinct();
    return Stream.of(means, failed, unmeasured).flatMap(s -> s).toList();
  }

  private static Stream<String> reason(Measurement measurement) {
    return switch (measurement.getOutcomeCase()) {
      case NOT_APPLICABLE -> Stream.of("n/a: " + Format.plain(measurement.getNotApplicable()));
      case FAILURE ->
          Stream.of(
              Format.plain(measurement.getMeasure() + " failed: " + measurement.getFailure()));
      case VALUE, LAYER_VALUES, OUTCOME_NOT_SET -> Stream.empty();
    };
  }

  private static String trainLoss(RunView run) {
    return run.step() == 0 ? Format.UNKNOWN : mark(run) + Format.number(run.scores().trainLoss());
  }

  private static String trainAccuracy(RunView run) {
    return run.step() == 0
        ? Format.UNKNOWN
        : mark(run) + Format.fraction(run.scores().trainAccuracy());
  }

  private static String mark(RunView run) {
    return run.scores().running() ? "~" : "";
  }
}
