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
   * How many passes forward and backward over the examples it will make, about; those forward alone
   * count half, and so do those in single precision. It tells users how long it takes before it
   * begins. 0 for what takes less than one.
   */
  default double passes(MeasureContext context) {
    return 0;
  }

  /**
   * Measures one snapshot. Called only where everything in {@link MeasureDescription#needs} is
   * there. Whatever it throws becomes the reason of its failure, and harms no other measure.
   */
  MeasuredValue measure(MeasureContext context);
}
