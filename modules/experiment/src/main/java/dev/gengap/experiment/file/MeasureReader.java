package dev.gengap.experiment.file;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.gengap.core.Problem;
import dev.gengap.core.Suggestion;
import dev.gengap.experiment.MeasureGroup;
import dev.gengap.experiment.Moment;
import dev.gengap.experiment.RunPlan;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.training.SnapshotPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the groups of measures. Confined to one thread. */
final class MeasureReader {
  private static final ValueType<Moment> MOMENT = ValueType.text(Moment.FORMS, Moment::parse);
  private static final List<String> KEYS = List.of("use", "at", "settings");
  private static final List<String> SETTINGS =
      Arrays.stream(Setting.values()).map(Setting::key).toList();

  private final Map<String, List<String>> known;
  private final Problems problems;
  private final Set<Moment> taken;

  /**
   * @param known names of measures and families, with the keys each stands for
   * @param runs whose snapshots there are to measure
   */
  MeasureReader(Map<String, List<String>> known, List<RunPlan> runs, Problems problems) {
    this.known = known;
    this.problems = problems;
    this.taken = moments(runs);
  }

  /** The groups {@code root} has, in its order; what is wrong with them is reported. */
  List<MeasureGroup> read(ConfigObject root) {
    ConfigValue measures = root.get(Structure.MEASURES);
    if (measures == null) {
      return List.of();
    }
    if (!(measures instanceof ConfigObject object)) {
      problems.add(measures, Structure.MEASURES, "an object: group { use = [measure, …] }, …");
      return List.of();
    }
    List<MeasureGroup> groups = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : Structure.inFileOrder(object)) {
      String path = Structure.join(Structure.MEASURES, entry.getKey());
      if (entry.getValue() instanceof ConfigObject group) {
        groups.add(group(path, entry.getKey(), group));
      } else {
        problems.add(
            entry.getValue(), path, "an object with use and, if you like, at and settings");
      }
    }
    return groups;
  }

  private MeasureGroup group(String path, String name, ConfigObject group) {
    if (!name.matches("[a-z0-9][a-z0-9_-]{0,49}")) {
      problems.add(group, path, "a group named by lower-case letters, digits, '-' and '_'");
    }
    for (Map.Entry<String, ConfigValue> entry : Structure.inFileOrder(group)) {
      if (!KEYS.contains(entry.getKey())) {
        problems.add(
            Problem.of(
                    Problems.place(entry.getValue().origin()),
                    path + "." + entry.getKey(),
                    "unknown key",
                    "one of " + String.join(", ", KEYS))
                .withRemedy(Suggestion.remedy(entry.getKey(), KEYS)));
      }
    }
    List<String> use = use(path, group);
    List<String> keys = use.stream().flatMap(used -> known.get(used).stream()).distinct().toList();
    Settings settings = settings(path + ".settings", group.get("settings"));
    return new MeasureGroup(name, use, keys, at(path + ".at", group.get("at")), settings);
  }

  private List<String> use(String path, ConfigObject group) {
    ConfigValue use = group.get("use");
    if (!(use instanceof ConfigList list) || list.isEmpty()) {
      problems.add(use == null ? group : use, path + ".use", "a list of one or more measures");
      return List.of();
    }
    List<String> all = List.copyOf(known.keySet());
    List<String> names = new ArrayList<>();
    for (ConfigValue measure : list) {
      String name = Problems.show(measure);
      if (!all.contains(name)) {
        problems.add(
            Problem.of(
                    Problems.place(measure.origin()),
                    path + ".use",
                    name,
                    "one of " + String.join(", ", all))
                .withRemedy(Suggestion.remedy(name, all)));
      } else if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private Set<Moment> at(String path, ConfigValue at) {
    if (at == null) {
      return Set.of();
    }
    if (!(at instanceof ConfigList list) || list.isEmpty()) {
      problems.add(at, path, "a list of one or more of: " + Moment.FORMS);
      return Set.of();
    }
    Set<Moment> moments = new HashSet<>();
    for (ConfigValue item : list) {
      Optional<Moment> moment = MOMENT.read(item);
      if (moment.isEmpty()) {
        problems.add(item, path, Moment.FORMS);
      } else if (!taken.isEmpty() && !taken.contains(moment.get())) {
        problems.add(
            Problem.of(
                    Problems.place(item.origin()),
                    path,
                    moment.get(),
                    "a moment at which a run takes a snapshot")
                .withRemedy("add it to snapshots.at"));
      }
      moment.ifPresent(moments::add);
    }
    return moments;
  }

  private Settings settings(String path, ConfigValue settings) {
    if (settings == null) {
      return Settings.STANDARD;
    }
    if (!(settings instanceof ConfigObject object)) {
      problems.add(settings, path, "an object of " + String.join(", ", SETTINGS));
      return Settings.STANDARD;
    }
    Map<Setting, Double> chosen = new EnumMap<>(Setting.class);
    for (Map.Entry<String, ConfigValue> entry : Structure.inFileOrder(object)) {
      String name = path + "." + entry.getKey();
      Optional<Setting> setting = Setting.named(entry.getKey());
      if (setting.isEmpty()) {
        problems.add(
            Problem.of(
                    Problems.place(entry.getValue().origin()),
                    name,
                    "unknown key",
                    "one of " + String.join(", ", SETTINGS))
                .withRemedy(Suggestion.remedy(entry.getKey(), SETTINGS)));
      } else if (entry.getValue().unwrapped() instanceof Number number
          && setting.get().accepts(number.doubleValue())) {
        chosen.put(setting.get(), number.doubleValue());
      } else {
        problems.add(entry.getValue(), name, setting.get().expected());
      }
    }
    return new Settings(chosen);
  }

  private static Set<Moment> moments(List<RunPlan> runs) {
    Set<Moment> moments = new HashSet<>();
    for (RunPlan run : runs) {
      SnapshotPolicy policy = run.config().snapshots();
      moments.add(new Moment.Start());
      if (policy.end()) {
        moments.add(new Moment.End());
      }
      if (policy.best()) {
        moments.add(new Moment.Best());
      }
      policy.lossCrossings().forEach(x -> moments.add(new Moment.Crossing(x)));
    }
    return moments;
  }
}
