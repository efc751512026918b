package dev.gengap.monitor;

import dev.gengap.protocol.v1.Measurement;
import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers and text of unknown origin are written for people. */
public final class Format {
  /** Stands for what is not known. */
  public static final String UNKNOWN = "-";

  private Format() {}

  /** A loss or measure with four significant digits; {@code nan} and {@code inf} as themselves. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (size < 1e-3 || size >= 1e5) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    int digitsBeforePoint = (int) Math.floor(Math.log10(size)) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, 4 - digitsBeforePoint) + "f", value);
  }

  /** A fraction with four decimals, rounded down so that 1.0000 means all. */
  public static String fraction(double value) {
    if (!Double.isFinite(value)) {
      return UNKNOWN;
    }
    double shown = Math.floor(value * 1e4 + 1e-6) / 1e4;
    return String.format(Locale.ROOT, "%.4f", shown);
  }

  /** A gap between two fractions, with its sign. */
  public static String gap(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%+.4f", value) : UNKNOWN;
  }

  /** Steps per second; unknown where not positive. */
  static String rate(double value) {
    if (!Double.isFinite(value) || value <= 0) {
      return UNKNOWN;
    }
    if (value >= 1e4) {
      return String.format(Locale.ROOT, "%.1fk", value / 1e3);
    }
    int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A duration in its two largest units, such as {@code 3m05s}. */
  static String duration(double seconds) {
    if (!Double.isFinite(seconds) || seconds < 0) {
      return UNKNOWN;
    }
    long whole = Math.round(Math.min(seconds, 1e12));
    if (whole < 60) {
      return whole + "s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60);
    }
    if (whole < 48 * 3600) {
      return String.format(Locale.ROOT, "%dh%02dm", whole / 3600, whole % 3600 / 60);
    }
    long days = whole / 86_400;
    return days > 999
        ? ">999d"
        : String.format(Locale.ROOT, "%dd%02dh", days, whole % 86_400 / 3600);
  }

  /** The time a run has left at most. */
  static String timeLeft(OptionalDouble seconds) {
    return seconds.isEmpty() ? UNKNOWN : duration(seconds.getAsDouble());
  }

  /** Epochs with at most two decimals. */
  public static String epochs(double epochs) {
    return epochs == Math.rint(epochs)
        ? String.format(Locale.ROOT, "%.0f", epochs)
        : String.format(Locale.ROOT, "%.2f", epochs);
  }

  /** The outcome of a measure; {@code null} is one not yet known. */
  static String outcome(Measurement measurement) {
    if (measurement == null) {
      return UNKNOWN;
    }
    return switch (measurement.getOutcomeCase()) {
      case VALUE -> number(measurement.getValue());
      case LAYER_VALUES -> measurement.getLayerValues().getValuesCount() + " layers";
      case NOT_APPLICABLE -> "n/a";
      case FAILURE -> "failed";
      case OUTCOME_NOT_SET -> UNKNOWN;
    };
  }

  /** A progress bar of {@code width} columns for a fraction of 0 … 1. */
  static String bar(double fraction, int width) {
    int inside = width - 2;
    int filled = (int) Math.floor(inside * Math.max(0, Math.min(1, fraction)));
    return "[" + "#".repeat(filled) + "-".repeat(inside - filled) + "]";
  }

  /** Text from a record, without anything that could steer the terminal. */
  static String plain(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** {@code text}, cut to {@code width} columns with a mark where something is missing. */
  static String cut(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    return width < 2 ? text.substring(0, Math.max(0, width)) : text.substring(0, width - 1) + "~";
  }
}
