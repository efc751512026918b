package dev.gengap.experiment.plan;

import dev.gengap.experiment.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A plan for scripts; what has no limit is null. */
public final class PlanJson {
  private PlanJson() {}

  /** The plan as one JSON object; sizes in bytes, times in hours. */
  public static String render(PlanReport plan) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("experiment", plan.experiment().name());
    all.put("slots", plan.slots());
    all.put("multiply_adds_per_second", plan.assumptions().multiplyAddsPerSecond());
    all.put("max_hours", value(plan.hours()));
    all.put("max_snapshots", value(plan.snapshots()));
    all.put("max_measurements", value(plan.measurements()));
    all.put("max_kept_bytes", value(plan.keptBytes()));
    all.put("max_topic_bytes", value(plan.topicBytes()));
    all.put("max_lane_bytes", plan.laneBytes());
    all.put("max_bytes_in", value(plan.bytesIn()));
    all.put("max_bytes_out", value(plan.bytesOut()));
    all.put("notes", plan.experiment().notes());
    all.put("runs", plan.runs().stream().map(cost -> run(plan, cost)).toList());
    return Json.pretty(all);
  }

  private static Map<String, Object> run(PlanReport plan, RunCost cost) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", cost.run().id().value());
    all.put("cell", cost.run().cell());
    all.put("network", cost.run().config().network().name());
    all.put("parameters", cost.parameters());
    all.put("steps_per_epoch", cost.run().config().stepsPerEpoch());
    all.put("max_steps", value(cost.run().config().maxSteps()));
    all.put("max_hours", value(plan.hours(cost)));
    all.put("batch_bytes", cost.batchBytes());
    all.put("max_snapshots", value(cost.snapshots()));
    all.put("max_measurements", value(cost.measurements()));
    return all;
  }

  private static Object value(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static Object value(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
