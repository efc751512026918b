package dev.gengap.experiment.file;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.gengap.core.Problem;
import dev.gengap.core.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks names and types of a parsed file against the table of keys, whatever the grid makes of
 * them, and reports every one that is wrong. Confined to one thread.
 */
final class Structure {
  static final String GRID = "grid";
  static final String OVERRIDES = "overrides";
  static final String MEASURES = "measures";

  private static final List<String> SPECIAL = List.of(GRID, OVERRIDES, MEASURES);

  private final Keys keys;
  private final Problems problems;

  Structure(Keys keys, Problems problems) {
    this.keys = keys;
    this.problems = problems;
  }

  /** Checks everything but grid, overrides and measures, which have forms of their own. */
  void checkFile(ConfigObject root) {
    for (Map.Entry<String, ConfigValue> entry : inFileOrder(root)) {
      if (!SPECIAL.contains(entry.getKey())) {
        checkValue(entry.getKey(), entry.getValue(), Key.Scope.EXPERIMENT);
      }
    }
  }

  /** Checks each value that the grid gives to {@code path}. */
  void checkAxis(String path, ConfigList values) {
    Optional<Key<?>> key = keys.find(path);
    if (key.isPresent() && key.get().scope() == Key.Scope.EXPERIMENT) {
      reportFixed(key.get(), values);
    } else {
      values.forEach(value -> checkValue(path, value, Key.Scope.RUN));
    }
  }

  /** Whether {@code path} names a key or a section; otherwise reports it. */
  boolean isKnown(String path, ConfigValue value) {
    if (keys.find(path).isPresent() || keys.isSection(path)) {
      return true;
    }
    reportUnknown(path, value);
    return false;
  }

  void checkObject(String section, ConfigObject object, Key.Scope widest) {
    for (Map.Entry<String, ConfigValue> entry : inFileOrder(object)) {
      checkValue(join(section, entry.getKey()), entry.getValue(), widest);
    }
  }

  private void checkValue(String path, ConfigValue value, Key.Scope widest) {
    Optional<Key<?>> key = keys.find(path);
    if (key.isPresent()) {
      checkType(key.get(), value, widest);
    } else if (!keys.isSection(path)) {
      reportUnknown(path, value);
    } else if (value instanceof ConfigObject object) {
      checkObject(path, object, widest);
    } else {
      problems.add(value, path, "an object with " + String.join(", ", keys.children(path)));
    }
  }

  private void checkType(Key<?> key, ConfigValue value, Key.Scope widest) {
    if (widest == Key.Scope.RUN && key.scope() == Key.Scope.EXPERIMENT) {
      reportFixed(key, value);
    } else if (key.type().read(value).isEmpty()) {
      String remedy =
          value.unwrapped() instanceof String text
              ? Suggestion.remedy(text, words(key.type().expected()))
              : "";
      String place = Problems.place(value.origin());
      problems.add(
          Problem.of(place, key.path(), Problems.show(value), key.type().expected())
              .withRemedy(remedy));
    }
  }

  private void reportFixed(Key<?> key, ConfigValue value) {
    String place = Problems.place(value.origin());
    problems.add(
        Problem.of(place, key.path(), Problems.show(value), "a key that may differ between runs")
            .withRemedy("set it outside grid and overrides"));
  }

  private void reportUnknown(String path, ConfigValue value) {
    int dot = path.lastIndexOf('.');
    String section = dot < 0 ? "" : path.substring(0, dot);
    String last = path.substring(dot + 1);
    List<String> names = new ArrayList<>(keys.children(section));
    if (section.isEmpty()) {
      names.addAll(SPECIAL);
    }
    String expected =
        names.isEmpty() ? "no key below " + section : "one of " + String.join(", ", names);
    problems.add(
        Problem.of(Problems.place(value.origin()), path, "unknown key", expected)
            .withRemedy(Suggestion.remedy(last, names)));
  }

  private static List<String> words(String expected) {
    return expected.startsWith("one of ")
        ? List.of(expected.substring("one of ".length()).split(", "))
        : List.of();
  }

  /** The leaves of {@code object} that are keys or lists for keys, by path, in the file's order. */
  Map<String, ConfigValue> leaves(ConfigObject object) {
    Map<String, ConfigValue> leaves = new LinkedHashMap<>();
    collect("", object, leaves);
    return leaves;
  }

  private void collect(String section, ConfigObject object, Map<String, ConfigValue> leaves) {
    for (Map.Entry<String, ConfigValue> entry : inFileOrder(object)) {
      String path = join(section, entry.getKey());
      ConfigValue value = entry.getValue();
      boolean leaf = value instanceof ConfigList || keys.find(path).isPresent();
      if (!leaf && value instanceof ConfigObject inner) {
        if (isKnown(path, value)) {
          collect(path, inner, leaves);
        }
      } else {
        leaves.put(path, value);
      }
    }
  }

  static String join(String section, String key) {
    return section.isEmpty() ? key : section + "." + key;
  }

  /** Parsing forgets the order of keys; their lines, and then their names, give one back. */
  static List<Map.Entry<String, ConfigValue>> inFileOrder(ConfigObject object) {
    return object.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, ConfigValue>>comparingInt(Structure::line)
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  private static int line(Map.Entry<String, ConfigValue> entry) {
    return entry.getValue().origin().lineNumber();
  }
}
