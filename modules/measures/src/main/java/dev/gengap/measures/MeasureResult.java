package dev.gengap.measures;

import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.Settings;
import java.util.Map;

/**
 * What came of one measure on one snapshot.
 *
 * @param measure that was run, with its conventions
 * @param settings those it was run with
 * @param seed of all its randomness
 * @param outcome its value or why it failed
 * @param wallMillis milliseconds it took; what measures share is charged to the first that asks
 */
public record MeasureResult(
    MeasureDescription measure, Settings settings, long seed, Outcome outcome, double wallMillis) {

  /** That {@code measure} found nothing on {@code snapshot}, and why. */
  static MeasureResult failed(
      MeasureDescription measure, MeasuredSnapshot snapshot, String reason, double wallMillis) {
    return new MeasureResult(
        measure, snapshot.settings(), snapshot.seed(), new Outcome.Failed(reason), wallMillis);
  }

  /** The measure's key. */
  public String key() {
    return measure.key();
  }

  /** Everything its formula leaves open: its own conventions, and the settings it depends on. */
  public Map<String, String> conventions() {
    return measure.conventionsUnder(settings);
  }
}
