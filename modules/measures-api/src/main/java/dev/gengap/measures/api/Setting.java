package dev.gengap.measures.api;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a user may choose about measures; those that a value depends on are among its conventions.
 */
public enum Setting {
  MARGIN_PERCENTILE("margin_percentile", 5, Range.PERCENT, "Percentile of the margins that is γ."),
  SIGMA(
      "sigma", 0.05, Range.POSITIVE, "σ of the Gaussian perturbations of measures at a fixed one."),
  DELTA("delta", 0.05, Range.PROBABILITY, "δ: bounds hold with probability 1 − δ."),
  EXAMPLES(
      "examples",
      5000,
      Range.SOME,
      "Most training examples that passes and inputs run over; the first."),
  SAMPLES(
      "samples",
      100,
      Range.SEVERAL,
      "Perturbations, in antithetic pairs, or random vectors that a sampled value averages."),
  CELLS("cells", 10, Range.SOME, "Most cells that the inputs of a class are divided into."),
  SECONDS(
      "seconds",
      0,
      Range.NOT_NEGATIVE,
      "Most seconds that one sampled or iterated value may take; 0: no limit."),
  PLUGIN_SECONDS(
      "plugin_seconds",
      600,
      Range.POSITIVE,
      "Most seconds that a measure of a plugin may take before it is given up.");

  private final String key;
  private final double standard;
  private final Range range;
  private final String meaning;

  Setting(String key, double standard, Range range, String meaning) {
    this.key = key;
    this.standard = standard;
    this.range = range;
    this.meaning = meaning;
  }

  /** Its name in files, on the command line and among conventions. */
  public String key() {
    return key;
  }

  /** Its value where nobody chose one. */
  public double standard() {
    return standard;
  }

  /** Whether it may have {@code value}. */
  public boolean accepts(double value) {
    return range.holds(value);
  }

  /** What values it may have, for people. */
  public String expected() {
    return range.text;
  }

  /** What it is, for people. */
  public String meaning() {
    return meaning;
  }

  /** The setting called {@code key}. */
  public static Optional<Setting> named(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }

  private enum Range {
    PERCENT("0 … 100"),
    POSITIVE("> 0"),
    NOT_NEGATIVE(">= 0"),
    PROBABILITY("> 0 and < 1"),
    SOME("a whole number >= 1"),
    SEVERAL("a whole number >= 2");

    private final String text;

    Range(String text) {
      this.text = text;
    }

    private boolean holds(double value) {
      return switch (this) {
        case PERCENT -> value >= 0 && value <= 100;
        case POSITIVE -> value > 0 && value < Double.POSITIVE_INFINITY;
        case NOT_NEGATIVE -> value >= 0 && value < Double.POSITIVE_INFINITY;
        case PROBABILITY -> value > 0 && value < 1;
        case SOME -> isCount(value, 1);
        case SEVERAL -> isCount(value, 2);
      };
    }

    private static boolean isCount(double value, int least) {
      return value == Math.rint(value) && value >= least && value <= Integer.MAX_VALUE;
    }
  }
}
