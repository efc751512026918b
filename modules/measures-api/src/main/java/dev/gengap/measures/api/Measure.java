package dev.gengap.measures.api;

/**
 * A function of a snapshot (and its data) that may explain why networks generalize.
 *
 * <p>Implementations are stateless and safe for any thread.
 */
public interface Measure {
  /** What the measure is; always the same. */
  MeasureDescription describe();

  /**
   * Measures one snapshot. Called only where everything in {@link MeasureDescription#needs} is
   * there. Whatever it throws becomes the reason of its failure, and harms no other measure.
   */
  MeasuredValue measure(MeasureContext context);
}
