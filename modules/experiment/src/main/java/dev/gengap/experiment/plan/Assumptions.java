package dev.gengap.experiment.plan;

/**
 * What a plan supposes about the machine.
 *
 * @param multiplyAddsPerSecond of one trainer, measured or {@link #STANDARD}'s
 * @param processors of the machine
 * @param segmentBytes size of a segment of a lane
 * @param deletionSeconds how often the broker deletes consumed records [s]
 */
public record Assumptions(
    double multiplyAddsPerSecond, int processors, long segmentBytes, double deletionSeconds) {

  /** One core with AVX2 and a tuned matrix library; the embedded broker as Gengap sets it. */
  public static final Assumptions STANDARD = new Assumptions(2e10, 2, 16L << 20, 0.6);
}
