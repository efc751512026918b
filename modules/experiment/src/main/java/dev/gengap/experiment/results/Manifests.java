package dev.gengap.experiment.results;

import dev.gengap.experiment.Experiment;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.RunDescription;
import dev.gengap.experiment.RunPlan;
import dev.gengap.experiment.SlotCounts;
import dev.gengap.training.SnapshotPolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What manifests say. */
final class Manifests {
  private static final int SCHEMA = 1;

  private Manifests() {}

  static Map<String, Object> of(Experiment experiment, Provenance provenance) {
    Map<String, Object> all = new TreeMap<>(provenance.json());
    all.put("schema", SCHEMA);
    all.put("experiment", experiment.name());
    all.put("keep", experiment.keep().toString());
    all.put(
        "feed",
        Map.of(
            "window", experiment.feed().window(),
            "payload", RunDescription.key(experiment.feed().payload())));
    all.put(
        "devices_asked",
        Map.of(
            "use", experiment.devices().use().toString(),
            "threads", experiment.devices().threads(),
            "slots", slots(experiment.devices().slots())));
    all.put("measures", experiment.measures().stream().map(Manifests::group).toList());
    all.put("notes", experiment.notes());
    all.put("runs", experiment.runs().stream().map(Manifests::run).toList());
    return all;
  }

  static Map<String, Object> of(RunPlan run, Provenance provenance) {
    Map<String, Object> all = new TreeMap<>(provenance.json());
    all.put("schema", SCHEMA);
    all.putAll(run(run));
    return all;
  }

  private static Object slots(SlotCounts counts) {
    if (counts.ofNetwork().isEmpty()) {
      return counts.standard();
    }
    Map<String, Object> all = new TreeMap<>(counts.ofNetwork());
    all.put("default", counts.standard());
    return all;
  }

  private static Map<String, Object> run(RunPlan run) {
    Map<String, Object> all = new TreeMap<>();
    all.put("run", run.id().value());
    all.put("cell", new LinkedHashMap<>(run.cell()));
    all.put("network_name", run.config().network().name());
    all.put("base_seed", run.config().seeds().base());
    all.put("determined_by", RunDescription.of(run.config()));
    all.put("snapshots", snapshots(run.config().snapshots()));
    return all;
  }

  private static Map<String, Object> snapshots(SnapshotPolicy policy) {
    return new TreeMap<>(
        Map.of(
            "every_steps", policy.everySteps(),
            "every_epochs", policy.everyEpochs(),
            "log_spaced", policy.logSpaced(),
            "loss_crossings", policy.lossCrossings(),
            "refinements", policy.refinements(),
            "best", policy.best(),
            "end", policy.end()));
  }

  private static Map<String, Object> group(MeasureGroup group) {
    Map<String, Object> settings = new TreeMap<>();
    group.settings().chosen().forEach((setting, value) -> settings.put(setting.key(), value));
    return new TreeMap<>(
        Map.of(
            "group", group.name(),
            "use", group.use(),
            "measures", group.keys(),
            "at", group.at().stream().map(Object::toString).sorted().toList(),
            "settings", settings));
  }
}
