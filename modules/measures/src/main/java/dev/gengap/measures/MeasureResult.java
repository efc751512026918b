package dev.gengap.measures;

import dev.gengap.measures.api.MeasureDescription;

/**
 * What came of one measure on one snapshot.
 *
 * @param measure that was run, with its conventions
 * @param outcome its value or why it failed
 * @param wallMillis milliseconds it took; what measures share is charged to the first that asks
 */
public record MeasureResult(MeasureDescription measure, Outcome outcome, double wallMillis) {
  /** The measure's key. */
  public String key() {
    return measure.key();
  }
}
