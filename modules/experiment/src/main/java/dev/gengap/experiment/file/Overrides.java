package dev.gengap.experiment.file;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.gengap.core.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Values that some cells of the grid get instead of the file's. Applied in the file's order, each
 * seeing what the ones before it did. Confined to one thread.
 */
final class Overrides {
  private static final Set<String> KEYS = Set.of("when", "set");
  private static final String FORM = "{when = {path = value, …}, set = {path = value, …}}";

  /** What one entry asks for, and gives. */
  private record Rule(ConfigValue origin, Map<String, ConfigValue> when, Config set) {}

  private final List<Rule> rules = new ArrayList<>();
  private final Set<Rule> used = new HashSet<>();

  /** The overrides {@code root} has; what is wrong with them goes to {@code problems}. */
  static Overrides read(ConfigObject root, Structure structure, Problems problems) {
    Overrides read = new Overrides();
    ConfigValue overrides = root.get(Structure.OVERRIDES);
    if (overrides == null) {
      return read;
    }
    if (!(overrides instanceof ConfigList list)) {
      problems.add(overrides, Structure.OVERRIDES, "a list of " + FORM);
      return read;
    }
    for (int i = 0; i < list.size(); i++) {
      read.add(Structure.OVERRIDES + "[" + i + "]", list.get(i), structure, problems);
    }
    return read;
  }

  private void add(String name, ConfigValue entry, Structure structure, Problems problems) {
    if (!(entry instanceof ConfigObject object)
        || !object.keySet().equals(KEYS)
        || !(object.get("when") instanceof ConfigObject when)
        || !(object.get("set") instanceof ConfigObject set)) {
      problems.add(entry, name, FORM);
      return;
    }
    structure.checkObject("", when, Key.Scope.RUN);
    structure.checkObject("", set, Key.Scope.RUN);
    rules.add(new Rule(entry, structure.leaves(when), set.toConfig()));
  }

  /** {@code cell} with every override whose condition it meets. */
  Config apply(Config cell) {
    Config result = cell;
    for (Rule rule : rules) {
      if (matches(rule, result)) {
        used.add(rule);
        result = rule.set().withFallback(result);
      }
    }
    return result;
  }

  /** A note for each override that no cell has met. */
  List<String> unused() {
    return rules.stream()
        .filter(rule -> !used.contains(rule))
        .map(
            rule ->
                Problem.of(
                        Problems.place(rule.origin().origin()),
                        Structure.OVERRIDES,
                        "never applies",
                        "a cell of the grid that meets its when")
                    .toString())
        .toList();
  }

  private static boolean matches(Rule rule, Config cell) {
    return rule.when().entrySet().stream()
        .allMatch(
            asked ->
                cell.hasPath(asked.getKey())
                    && same(asked.getValue(), cell.getValue(asked.getKey())));
  }

  private static boolean same(ConfigValue a, ConfigValue b) {
    if (a.unwrapped() instanceof Number x && b.unwrapped() instanceof Number y) {
      return x.doubleValue() == y.doubleValue();
    }
    return Objects.equals(a.unwrapped(), b.unwrapped());
  }
}
