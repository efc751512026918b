package dev.gengap.network;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.gengap.core.Problem;
import dev.gengap.network.layer.Extent;
import dev.gengap.network.layer.Padding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the fields of one object of a network file. What is wrong is collected, with its line, and
 * a stand-in returned, so that one reading finds every mistake; nothing built of stand-ins may be
 * used once {@link #problems} has grown. Confined to one thread.
 */
final class ConfigFields {
  private static final String UP_TO = " … " + Extent.LARGEST;
  private static final String EXTENT =
      "a whole number in 1" + UP_TO + ", or two as [height, width]";
  private static final String PADDING =
      "same, a whole number in 0" + UP_TO + ", or two as [height, width]";

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

  /** A number in {@code range}, {@code otherwise} if absent. */
  double number(String key, double otherwise, NumberRange range) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value.unwrapped() instanceof Number number && range.contains(number.doubleValue())) {
      return number.doubleValue();
    }
    report(value, prefix + key, range.words());
    return otherwise;
  }

  /** {@code key = 5} or {@code key = [5, 3]}, numbers ≥ 1, that must be there. */
  Extent extent(String key) {
    ConfigValue value = required(key, EXTENT);
    return value == null ? Extent.square(1) : extent(value, key, 1, EXTENT);
  }

  /** {@code key = 5} or {@code key = [5, 3]}, numbers ≥ 1, {@code otherwise} if absent. */
  Extent extent(String key, Extent otherwise) {
    known.add(key);
    ConfigValue value = object.get(key);
    return value == null ? otherwise : extent(value, key, 1, EXTENT);
  }

  /** {@code key = same}, {@code key = 2} or {@code key = [2, 1]}; none if absent. */
  Padding padding(String key) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (value == null) {
      return Padding.NONE;
    }
    return "same".equals(value.unwrapped())
        ? new Padding.Same()
        : new Padding.Fixed(extent(value, key, 0, PADDING));
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

  /** An object of whatever the file refers to, or nothing. */
  void definitions(String key) {
    known.add(key);
    ConfigValue value = object.get(key);
    if (value != null && value.valueType() != ConfigValueType.OBJECT) {
      report(value, prefix + key, "an object of definitions");
    }
  }

  /** A list of whole numbers ≥ 1 that must be there. */
  List<Integer> positiveInts(String key) {
    List<Integer> read = new ArrayList<>();
    for (ConfigValue item : list(key, "a list of whole numbers ≥ 1")) {
      read.add(positiveInt(item, prefix + key + "[" + read.size() + "]"));
    }
    return read;
  }

  /**
   * A list of objects that must be there, each to be read in turn.
   *
   * @param one what is expected of each
   * @param all what they are together
   */
  List<ConfigFields> objects(String key, String one, String all) {
    return objects(list(key, "a list of " + all), prefix + key, one);
  }

  /** A list of lists of objects that must be there; the lists within may be empty. */
  List<List<ConfigFields>> objectLists(String key, String one, String all) {
    List<List<ConfigFields>> read = new ArrayList<>();
    int index = 0;
    for (ConfigValue item : list(key, "a list of lists of " + all)) {
      String name = prefix + key + "[" + index++ + "]";
      if (item instanceof ConfigList list) {
        read.add(objects(list, name, one));
      } else {
        report(item, name, "a list of " + all + ", or []");
      }
    }
    return read;
  }

  private List<ConfigFields> objects(List<ConfigValue> items, String list, String expected) {
    List<ConfigFields> read = new ArrayList<>();
    int index = 0;
    for (ConfigValue item : items) {
      String name = list + "[" + index++ + "]";
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

  /**
   * The keys and positions that lead to the object: {@code layers[2]}; nothing for a file's own.
   */
  String path() {
    return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
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
    OptionalInt whole = whole(value, 1, Integer.MAX_VALUE);
    if (whole.isEmpty()) {
      report(value, name, "a whole number ≥ 1");
    }
    return whole.orElse(1);
  }

  private Extent extent(ConfigValue value, String key, int least, String expected) {
    List<ConfigValue> sides = value instanceof ConfigList list ? list : List.of(value, value);
    if (sides.size() == 2) {
      OptionalInt height = whole(sides.get(0), least, Extent.LARGEST);
      OptionalInt width = whole(sides.get(1), least, Extent.LARGEST);
      if (height.isPresent() && width.isPresent()) {
        return new Extent(height.getAsInt(), width.getAsInt());
      }
    }
    report(value, prefix + key, expected);
    return Extent.square(1);
  }

  private static OptionalInt whole(ConfigValue value, int least, int most) {
    if (value.unwrapped() instanceof Number boxed) {
      double number = boxed.doubleValue();
      if (number >= least && number <= most && number == Math.rint(number)) {
        return OptionalInt.of((int) number);
      }
    }
    return OptionalInt.empty();
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
