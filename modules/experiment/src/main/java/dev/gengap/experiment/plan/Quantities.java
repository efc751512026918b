package dev.gengap.experiment.plan;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Quantities as people read them, three digits and a unit. */
final class Quantities {
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
  private static final String UNBOUNDED = "no limit";

  private Quantities() {}

  static String bytes(long bytes) {
    double scaled = bytes;
    int unit = 0;
    while (scaled >= 999.5 && unit < BYTE_UNITS.length - 1) {
      scaled /= 1000;
      unit++;
    }
    String form =
        unit == 0 || scaled >= 99.95 ? "%.0f %s" : scaled >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, form, scaled, BYTE_UNITS[unit]);
  }

  static String bytes(OptionalLong bytes) {
    return bytes.isPresent() ? bytes(bytes.getAsLong()) : UNBOUNDED;
  }

  static String count(OptionalLong count) {
    return count.isPresent() ? count(count.getAsLong()) : UNBOUNDED;
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Hours as the unit that fits them. */
  static String hours(OptionalDouble hours) {
    if (hours.isEmpty()) {
      return UNBOUNDED;
    }
    double seconds = hours.getAsDouble() * 3600;
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return seconds < 7200
        ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
