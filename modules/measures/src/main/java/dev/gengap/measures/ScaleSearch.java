package dev.gengap.measures;

import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;
import java.util.Optional;

/**
 * Finds where an estimate that rises with a scale reaches a threshold, by bisection on the fixed
 * grid 2^{k/32} from 2⁻²⁰ to 2⁴. Between the two neighbours there it interpolates, so that where
 * the search starts changes what it costs and not what it finds, as long as the estimates rise.
 * Used once.
 */
final class ScaleSearch {
  /** The grid, for people. */
  static final String GRID = "2^(k/32) in [2^-20, 2^4], interpolated";

  private static final int STEPS_PER_DOUBLING = 32;
  private static final double STEP = StrictMath.log(2) / STEPS_PER_DOUBLING;
  private static final int FIRST = -20 * STEPS_PER_DOUBLING;
  private static final int LAST = 4 * STEPS_PER_DOUBLING;

  /** Over so many steps one sees how fast the estimate rises, not how its samples are lumped. */
  private static final int STEPS_OF_SLOPE = 8;

  /** So many standard errors from the threshold, no more samples bring an estimate over it. */
  private static final double DECISIVE_ERRORS = 4;

  /** About how many scales a search looks at, and one that knows where to start. */
  static final double SCALES = 10;

  private static final double SCALES_AGAIN = 3;

  /** Far from the threshold few samples are enough. */
  private static final double SHARE_OF_SAMPLES = 0.6;

  private final Rise rise;
  private final double threshold;
  private final TimeLimit limit;

  // Numbers on the grid; outside it as long as no scale on that side is known.
  private int below = FIRST - 1;
  private int above = LAST + 1;
  private Estimate atBelow;
  private Estimate atAbove;

  /** What rises with the scale. */
  @FunctionalInterface
  interface Rise {
    /** The same for the same scale, every time. */
    Estimate at(double scale);
  }

  ScaleSearch(Rise rise, double threshold, TimeLimit limit) {
    this.rise = rise;
    this.threshold = threshold;
    this.limit = limit;
  }

  /** Whether more samples would hardly change on which side of {@code threshold} it is. */
  static boolean isDecided(Estimate estimate, double threshold) {
    return estimate.isClearOf(threshold, DECISIVE_ERRORS);
  }

  /** About how many scales a search looks at. */
  static double scales(MeasureContext context, Shared<Crossing> found) {
    boolean again = context.previous(found).filter(Crossing.At.class::isInstance).isPresent();
    return again ? SCALES_AGAIN : SCALES;
  }

  /** About how many forward passes a search takes that samples perturbations at each scale. */
  static double sampledPasses(MeasureContext context, Shared<Crossing> found) {
    return scales(context, found) * SHARE_OF_SAMPLES * Perturbations.passes(context);
  }

  /** Searches from where {@code before}, something alike, crossed its threshold. */
  Crossing find(Optional<Crossing> before) {
    if (before.isPresent() && before.get() instanceof Crossing.At start) {
      bracket(start.below());
    }
    while (above - below > 1 && !limit.isOver()) {
      test(Math.floorDiv(below + above, 2));
    }
    if (above - below > 1) {
      return between(true);
    }
    if (below < FIRST) {
      return new Crossing.Saturated("above " + threshold + " at the least scale, 2^-20");
    }
    if (above > LAST) {
      return new Crossing.Saturated("not above " + threshold + " at the greatest scale, 2^4");
    }
    return crossing();
  }

  /**
   * Goes up or down from {@code start} in growing strides, until there is something on each side.
   */
  private void bracket(int start) {
    int stride = 1;
    int next = start;
    while (below < next && next < above && !limit.isOver()) {
      next = test(next) ? next - stride : next + stride;
      stride *= 2;
    }
  }

  private boolean test(int number) {
    Estimate estimate = rise.at(scale(number));
    boolean isAbove = !(estimate.mean() <= threshold); // NaN: perturbed beyond all numbers
    if (isAbove) {
      above = number;
      atAbove = estimate;
    } else {
      below = number;
      atBelow = estimate;
    }
    return isAbove;
  }

  private Crossing crossing() {
    boolean late = limit.isOver();
    double span = atAbove.mean() - atBelow.mean();
    if (!Double.isFinite(span)) {
      return between(late);
    }
    double share = (threshold - atBelow.mean()) / span;
    double error = Math.max(atBelow.standardError(), atAbove.standardError());
    double relativeError = error == 0 ? 0 : error / (late ? span / STEP : slope(span));
    return new Crossing.At(below, scale(below + share), relativeError, late);
  }

  private double slope(double span) {
    double climb = atAbove.mean() - rise.at(scale(below - STEPS_OF_SLOPE)).mean();
    return climb > span ? climb / ((STEPS_OF_SLOPE + 1) * STEP) : span / STEP;
  }

  /** The middle of where it may be, with the standard deviation of a number anywhere there. */
  private Crossing between(boolean timeLimited) {
    double middle = (below + above) / 2.0;
    double deviation = (above - below) * STEP / Math.sqrt(12);
    return new Crossing.At(Math.floorDiv(below + above, 2), scale(middle), deviation, timeLimited);
  }

  private static double scale(double number) {
    return StrictMath.pow(2, number / STEPS_PER_DOUBLING);
  }
}
