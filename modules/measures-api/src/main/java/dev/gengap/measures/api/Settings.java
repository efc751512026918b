package dev.gengap.measures.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A value for each {@link Setting}. Immutable.
 *
 * @param chosen what was chosen; the others have their standard values
 */
public record Settings(Map<Setting, Double> chosen) {
  /** What holds where nobody chose anything. */
  public static final Settings STANDARD = new Settings(Map.of());

  /**
   * @throws IllegalArgumentException if a value is outside its setting's range
   */
  public Settings {
    Map<Setting, Double> copy = new EnumMap<>(Setting.class);
    copy.putAll(chosen);
    copy.forEach(
        (setting, value) -> {
          if (!setting.accepts(value)) {
            throw new IllegalArgumentException(
                setting.key() + ": " + value + " (expected: " + setting.expected() + ")");
          }
        });
    chosen = Collections.unmodifiableMap(copy);
  }

  /** The value of {@code setting}. */
  public double get(Setting setting) {
    return chosen.getOrDefault(setting, setting.standard());
  }

  /** The value of a setting of whole numbers. */
  public int count(Setting setting) {
    return (int) get(setting);
  }
}
