package dev.gengap.experiment.plan;

import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for people. */
public final class PlanText {
  private PlanText() {}

  /** The plan in lines of text. */
  public static String render(PlanReport plan) {
    StringBuilder text = new StringBuilder();
    text.append("experiment ").append(plan.experiment().name()).append('\n');
    text.append(runs(plan)).append('\n');
    line(text, "runs", plan.runs().size() + ", " + plan.slots() + " at once");
    line(text, "training", "at most " + Quantities.hours(plan.hours()) + speed(plan));
    line(text, "snapshots", "at most " + Quantities.count(plan.snapshots()));
    line(text, "measurements", "at most " + Quantities.count(plan.measurements()));
    line(
        text,
        "run folder",
        "at most "
            + Quantities.bytes(plan.keptBytes())
            + " of snapshots (keep = "
            + plan.experiment().keep()
            + ")");
    line(
        text,
        "broker's disk",
        "at most "
            + Quantities.bytes(plan.topicBytes())
            + " of snapshots and, at any moment, "
            + Quantities.bytes(plan.laneBytes())
            + " of minibatches");
    line(
        text,
        "broker traffic",
        "at most "
            + Quantities.bytes(plan.bytesIn())
            + " in, "
            + Quantities.bytes(plan.bytesOut())
            + " out");
    plan.experiment().notes().forEach(note -> line(text, "note", note));
    return text.toString();
  }

  private static String speed(PlanReport plan) {
    return String.format(
        Locale.ROOT,
        " (at %.3g multiply-adds/s for each run)",
        plan.assumptions().multiplyAddsPerSecond());
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-15s %s\n", name, value));
  }

  private static String runs(PlanReport plan) {
    List<String> header = new ArrayList<>(List.of("run"));
    header.addAll(RunPlan.axes(plan.experiment().runs()));
    int cellColumns = header.size();
    header.addAll(
        List.of("network", "parameters", "steps/epoch", "max steps", "max time", "snapshots"));
    TextTable table = new TextTable(header, cellColumns + 1);
    for (RunCost cost : plan.runs()) {
      List<String> row = new ArrayList<>(List.of(cost.run().id().value()));
      header
          .subList(1, cellColumns)
          .forEach(axis -> row.add(cost.run().cell().getOrDefault(axis, "")));
      row.add(cost.run().config().network().name());
      row.add(Quantities.count(cost.parameters()));
      row.add(Quantities.count(cost.run().config().stepsPerEpoch()));
      row.add(Quantities.count(cost.run().config().maxSteps()));
      row.add(Quantities.hours(plan.hours(cost)));
      row.add(Quantities.count(cost.snapshots()));
      table.add(row);
    }
    return table.render();
  }
}
