package dev.gengap.measures.api;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a measure is, so that its values can be compared with those of others.
 *
 * @param key its name in files and topics: lower-case words joined by {@code _}
 * @param formula in plain text
 * @param source the paper it comes from
 * @param cost what computing it takes
 * @param needs what must be there besides the weights
 * @param settings what its values depend on, and so have among their conventions
 * @param conventions everything the formula leaves open, by name: {@code margin_percentile} = 5
 */
public record MeasureDescription(
    String key,
    String formula,
    String source,
    CostClass cost,
    Set<Need> needs,
    Set<Setting> settings,
    Map<String, String> conventions) {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_.-]*");

  public MeasureDescription {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "measure key: " + key + " (expected: lower-case words joined by _)");
    }
    needs = Set.copyOf(needs);
    settings = Set.copyOf(settings);
    conventions = Collections.unmodifiableMap(new TreeMap<>(conventions));
    for (Setting setting : settings) {
      if (conventions.containsKey(setting.key())) {
        throw new IllegalArgumentException(
            "convention: " + setting.key() + " (expected: not the key of one of its settings)");
      }
    }
  }

  /** Everything the formula leaves open under {@code chosen}: conventions and settings by name. */
  public Map<String, String> conventionsUnder(Settings chosen) {
    Map<String, String> all = new TreeMap<>(conventions);
    for (Setting setting : settings) {
      all.put(setting.key(), number(chosen.get(setting)));
    }
    return all;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
