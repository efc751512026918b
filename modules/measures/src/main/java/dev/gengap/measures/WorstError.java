package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Passes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The largest 0-1 error that an ascent of the mean cross-entropy meets in a neighbourhood of the
 * parameters: a lower bound of the largest there is. The first step goes up the gradient over all
 * examples, to the border, so that α g/‖g‖ or the corner box·sign(g) is among the candidates; each
 * further one up the gradient over the next of the batches of about equal size that the examples
 * are divided into, in a random order that is always the same. The error is that over all examples,
 * after the first step and after every fifth. Confined to the thread of the context's passes.
 */
final class WorstError {
  static final int STEPS = 20;

  /** Most examples of a step. */
  static final int BATCH = 1024;

  private static final int STEPS_BETWEEN_CHECKS = 5;
  private static final double FRACTION = 0.25;

  private final Passes passes;
  private final List<Passes> batches;
  private final Neighbourhood neighbourhood;
  private final double[] parameters;
  private final double[] offset;
  private final double[] moved;
  private final double[] gradient;
  private final double[] first;
  private final TimeLimit limit;

  WorstError(MeasureContext context, Neighbourhood neighbourhood, TimeLimit limit) {
    this.passes = context.singlePrecisionPasses();
    this.batches = batches(passes, context.seed());
    this.neighbourhood = neighbourhood;
    this.parameters = context.parameters();
    this.offset = new double[parameters.length];
    this.moved = new double[parameters.length];
    this.gradient = new double[parameters.length];
    this.first = context.get(LossGradient.AT_WEIGHTS).gradient();
    this.limit = limit;
  }

  /**
   * Passes of {@link #within}, about: an ascent at a scale that is too large ends after a few
   * steps, and half of them are.
   */
  static double passes(MeasureContext context) {
    double examples = context.passes().examples();
    double ofSteps = STEPS * Math.min(1, BATCH / examples);
    double ofChecks = 0.5 * (1 + (double) STEPS / STEPS_BETWEEN_CHECKS);
    return SnapshotPasses.SINGLE_PRECISION * (ofSteps + ofChecks) / 2;
  }

  private static List<Passes> batches(Passes all, long seed) {
    int count = (all.examples() + BATCH - 1) / BATCH;
    if (count == 1) {
      return List.of(all);
    }
    int[] order = CounterRandom.of(seed, RandomStream.SUBSET).permutation(0, all.examples());
    List<Passes> batches = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      int from = (int) (i * order.length / count);
      int to = (int) ((i + 1) * order.length / count);
      batches.add(all.over(Arrays.copyOfRange(order, from, to)));
    }
    return batches;
  }

  /** The largest error for α = {@code alpha}, or the first above {@code enough}. */
  double within(double alpha, double enough) {
    Arrays.fill(offset, 0);
    System.arraycopy(first, 0, gradient, 0, gradient.length);
    step(new Neighbourhood.Stride(1, alpha));
    double worst = passes.loss(moved).error();
    Neighbourhood.Stride stride = new Neighbourhood.Stride(FRACTION, alpha);
    for (int step = 1; step <= STEPS && worst <= enough && !limit.isOver(); step++) {
      batches.get(step % batches.size()).gradient(moved, gradient);
      step(stride);
      if (step % STEPS_BETWEEN_CHECKS == 0) {
        worst = Math.max(worst, passes.loss(moved).error());
      }
    }
    return worst;
  }

  private void step(Neighbourhood.Stride stride) {
    neighbourhood.ascend(offset, gradient, parameters, stride);
    for (int i = 0; i < moved.length; i++) {
      moved[i] = parameters[i] + offset[i];
    }
  }
}
