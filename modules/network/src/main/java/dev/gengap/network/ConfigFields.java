package dev.gengap.network;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.gengap.core.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the fields of one object of a network file. What is wrong is collected, with its line, and
 * a stand-in returned, so that one reading finds every mistake; nothing built of stand-ins may be
 * used once {@link #problems} has grown. Confined to one thread.
 */
final class ConfigFields {
  private final ConfigObject object;
  private final String file;
  private final String prefix;
  private final List<Problem> problems;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param file as named in problems
   * @param prefix of the keys in problems: {@code layers[2].}
   * @param problems receives what is wrong
   */
  ConfigFields(ConfigObject object, String file, String prefix, List<Problem> problems) {
    this.object = object;
    this.file = file;
    this.prefix = prefix;
    this.problems = problems;
  }

  /** A whole number ≥ 1 that must be there. */
  int positiveInt(String key) {
    ConfigValue value = required(key, "a whole number ≥ 1");
    return value == null ? 1 : positiveInt(value, prefix + key);
  }

  /** A truth value, {@code otherwise} if absent. */
  boolean bool(String key, boolean otherwise) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value.valueType() != ConfigValueType.BOOLEAN) {
      report(value, prefix + key, "true or false");
      return otherwise;
    }
    return (Boolean) value.unwrapped();
  }

  /** One of {@code words}, which must be there; empty if it is not. */
  String oneOf(String key, Collection<String> words) {
    String expected = "one of " + String.join(", ", words);
    ConfigValue value = required(key, expected);
    if (value == null) {
      return "";
    }
    if (value.valueType() != ConfigValueType.STRING || !words.contains(value.unwrapped())) {
      report(value, prefix + key, expected);
      return "";
    }
    return (String) value.unwrapped();
  }

  /** A list of whole numbers ≥ 1 that must be there. */
  List<Integer> positiveInts(String key) {
    List<Integer> read = new ArrayList<>();
    for (ConfigValue item : list(key, "a list of whole numbers ≥ 1")) {
      read.add(positiveInt(item, prefix + key + "[" + read.size() + "]"));
    }
    return read;
  }

  /** A list of objects that must be there, each to be read in turn. */
  List<ConfigFields> objects(String key, String expected) {
    List<ConfigFields> read = new ArrayList<>();
    int index = 0;
    for (ConfigValue item : list(key, "a list of " + expected + "s")) {
      String name = prefix + key + "[" + index++ + "]";
      if (item instanceof ConfigObject fields) {
        read.add(new ConfigFields(fields, file, name + ".", problems));
      } else {
        report(item, name, expected);
      }
    }
    return read;
  }

  /** Reports every field that nothing has asked for. */
  void refuseOthers() {
    for (String key : object.keySet().stream().sorted().toList()) {
      if (!known.contains(key)) {
        report(object.get(key), prefix + key, "one of the keys " + String.join(", ", known));
      }
    }
  }

  /** File and line of the object. */
  String place() {
    return place(file, object.origin());
  }

  /** File and, where known, line of {@code origin}. */
  static String place(String file, ConfigOrigin origin) {
    return origin == null || origin.lineNumber() < 1 ? file : file + ":" + origin.lineNumber();
  }

  private List<ConfigValue> list(String key, String expected) {
    ConfigValue value = required(key, expected);
    if (value == null) {
      return List.of();
    }
    if (value instanceof ConfigList list && !list.isEmpty()) {
      return list;
    }
    report(value, prefix + key, expected + ", at least one");
    return List.of();
  }

  private int positiveInt(ConfigValue value, String name) {
    if (value.valueType() == ConfigValueType.NUMBER) {
      double number = ((Number) value.unwrapped()).doubleValue();
      if (number >= 1 && number <= Integer.MAX_VALUE && number == Math.rint(number)) {
        return (int) number;
      }
    }
    report(value, name, "a whole number ≥ 1");
    return 1;
  }

  private ConfigValue required(String key, String expected) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (value == null) {
      problems.add(Problem.of(place(), prefix + key, "missing", expected));
    }
    return value;
  }

  private void report(ConfigValue value, String name, String expected) {
    String found = value.render(ConfigRenderOptions.concise());
    problems.add(Problem.of(place(file, value.origin()), name, found, expected));
  }
}
