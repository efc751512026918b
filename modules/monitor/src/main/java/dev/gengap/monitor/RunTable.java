package dev.gengap.monitor;

import dev.gengap.protocol.v1.RunState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The runs of a view as a table with a progress bar each, as wide as the terminal allows. */
final class RunTable {
  private static final int WIDEST_BAR = 24;
  private static final int NARROWEST_BAR = 8;

  /** Room for the percentage behind a bar and the space before it. */
  private static final int PERCENT = 5;

  /** A column of numbers. */
  private record Numbers(String header, Function<RunView, String> cell) {}

  private static final List<Numbers> COLUMNS =
      List.of(
          new Numbers("step", RunTable::steps),
          new Numbers("steps/s", RunTable::rate),
          new Numbers("loss", RunTable::loss),
          new Numbers("accuracy", RunTable::accuracy),
          new Numbers("left", run -> Format.timeLeft(run.secondsLeft())));

  /** What a narrow terminal goes without first. */
  private static final List<String> DISPENSABLE =
      List.of("steps/s", "step", "left", "accuracy", "loss");

  private RunTable() {}

  /** A header and a line for each of {@code runs}; wider than {@code width} only below 20. */
  static List<String> lines(ExperimentView view, List<RunView> runs, int width) {
    Labels labels = new Labels(view);
    List<String> names = Table.column("run", runs, run -> labels.cut(run, width));
    List<Numbers> columns = new ArrayList<>(COLUMNS);
    for (String next : DISPENSABLE) {
      if (width - table(names, columns, runs, 0).width() >= NARROWEST_BAR + PERCENT) {
        break;
      }
      columns.removeIf(column -> column.header().equals(next));
    }
    int room = width - table(names, columns, runs, 0).width() - PERCENT;
    int bar = Math.min(WIDEST_BAR, Math.max(NARROWEST_BAR, room));
    return table(names, columns, runs, bar).lines();
  }

  private static Table table(
      List<String> names, List<Numbers> columns, List<RunView> runs, int bar) {
    Table table = new Table().left(names);
    table.left(
        bar == 0
            ? Table.column("", runs, run -> "")
            : Table.column("progress", runs, run -> progress(run, bar)));
    for (Numbers column : columns) {
      table.right(Table.column(column.header(), runs, column.cell()));
    }
    return table;
  }

  private static String progress(RunView run, int bar) {
    if (run.phase() != Phase.RUNNING || run.fractionDone().isEmpty()) {
      return Format.cut(Phases.withReason(run), bar + PERCENT);
    }
    double fraction = run.fractionDone().getAsDouble();
    return Format.bar(fraction, bar) + String.format(Locale.ROOT, " %3.0f%%", 100 * fraction);
  }

  private static String steps(RunView run) {
    long most = run.state().getMaxSteps();
    return most > 0 ? run.step() + "/" + most : String.valueOf(run.step());
  }

  private static String rate(RunView run) {
    return run.phase() == Phase.RUNNING
        ? Format.rate(run.training().stepsPerSecond())
        : Format.UNKNOWN;
  }

  private static String loss(RunView run) {
    if (run.training().step() == 0) {
      return Format.UNKNOWN;
    }
    return Format.number(
        run.phase() == Phase.RUNNING
            ? run.training().newest().getRunningLoss()
            : run.scores().trainLoss());
  }

  private static String accuracy(RunView run) {
    if (run.training().step() == 0) {
      return Format.UNKNOWN;
    }
    return Format.fraction(
        run.phase() == Phase.RUNNING
            ? run.training().newest().getRunningAccuracy()
            : run.scores().trainAccuracy());
  }
}
