package dev.gengap.monitor.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/** Where values stand along an axis. Immutable. */
sealed interface Scale permits LinearScale, LogScale {
  /** How many ticks an axis has at most, more or less. */
  int TICKS = 6;

  /** Ratio of largest to smallest value from which a linear scale shows little of the small. */
  double LINEAR_RATIO = 100;

  /** Whether {@code value} has a place on this scale. */
  boolean shows(double value);

  /** The place of {@code value}, which {@link #shows}, in [0, 1]. */
  double position(double value);

  /** The marks, from low to high. */
  List<Tick> ticks();

  /** The scale that shows {@code values} best: logarithmic if they are positive and far apart. */
  static Scale fitting(double[] values) {
    DoublePredicate shown = LinearScale.upTo(1)::shows;
    double min = Arrays.stream(values).filter(shown).min().orElse(0);
    double max = Arrays.stream(values).filter(shown).max().orElse(0);
    return min > 0 && max / min > LINEAR_RATIO
        ? LogScale.covering(values)
        : LinearScale.covering(values);
  }

  /** {@code position} without what rounding put outside [0, 1]. */
  static double clamp(double position) {
    return Math.max(0, Math.min(1, position));
  }
}
