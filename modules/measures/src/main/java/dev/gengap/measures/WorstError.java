package dev.gengap.measures;

import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Passes;
import java.util.Arrays;

/**
 * The largest 0-1 error that an ascent of the mean cross-entropy meets in a neighbourhood of the
 * parameters: a lower bound of the largest there is. The first step goes to the border, so that α
 * g/‖g‖ or the corner box·sign(g) is among the candidates. Confined to the thread of the context's
 * passes.
 */
final class WorstError {
  static final int STEPS = 20;
  private static final double FRACTION = 0.25;

  private final Passes passes;
  private final Neighbourhood neighbourhood;
  private final double[] parameters;
  private final double[] offset;
  private final double[] moved;
  private final double[] gradient;
  private final double[] first;
  private final TimeLimit limit;

  WorstError(MeasureContext context, Neighbourhood neighbourhood, TimeLimit limit) {
    this.passes = context.passes();
    this.neighbourhood = neighbourhood;
    this.parameters = context.parameters();
    this.offset = new double[parameters.length];
    this.moved = new double[parameters.length];
    this.gradient = new double[parameters.length];
    this.first = context.get(LossGradient.AT_WEIGHTS).gradient();
    this.limit = limit;
  }

  /** The largest error for α = {@code alpha}, or the first above {@code enough}. */
  double within(double alpha, double enough) {
    Arrays.fill(offset, 0);
    System.arraycopy(first, 0, gradient, 0, gradient.length);
    double worst = 0;
    for (int step = 0; step < STEPS && worst <= enough; step++) {
      if (step > 0) {
        if (limit.isOver()) {
          break;
        }
        passes.gradient(moved, gradient);
      }
      double fraction = step == 0 ? 1 : FRACTION;
      neighbourhood.ascend(offset, gradient, parameters, new Neighbourhood.Stride(fraction, alpha));
      for (int i = 0; i < moved.length; i++) {
        moved[i] = parameters[i] + offset[i];
      }
      worst = Math.max(worst, passes.loss(moved).error());
    }
    return worst;
  }
}
