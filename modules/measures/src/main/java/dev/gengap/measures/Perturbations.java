package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Passes;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Shared;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;

/**
 * Gaussian perturbations w ± ν of all parameters of a snapshot, ν_i = s(w_i) z_i and z ~ N(0, I). z
 * is a function of the seed and the number of the pair alone, made again rather than kept: the same
 * for every s (common random numbers). The pair removes what is linear in ν. Confined to the thread
 * of the context's passes.
 */
final class Perturbations {
  /** The convention of what they compute in: their spread is far above its rounding. */
  static final String PRECISION = "float32, sums in double";

  /** The loss and error of the snapshot itself, in the precision of those of its perturbations. */
  static final Shared<Passes.Loss> UNPERTURBED =
      Shared.of(context -> context.singlePrecisionPasses().loss(context.parameters()));

  /** Fewer pairs have no standard error. */
  private static final int LEAST_PAIRS = 2;

  /** Fewer pairs are too few to trust their standard error. */
  private static final int DECISIVE_PAIRS = 8;

  private final Passes passes;
  private final Passes.Loss unperturbed;
  private final double[] parameters;
  private final double[] moved;
  private final double[] noise;
  private final CounterRandom random;
  private final int pairs;
  private final TimeLimit limit;

  Perturbations(MeasureContext context, TimeLimit limit) {
    this.passes = context.singlePrecisionPasses();
    this.unperturbed = context.get(UNPERTURBED);
    this.parameters = context.parameters();
    this.moved = new double[parameters.length];
    this.noise = new double[parameters.length];
    this.random = CounterRandom.of(context.seed(), RandomStream.PERTURBATION);
    this.pairs = Math.max(LEAST_PAIRS, (context.settings().count(Setting.SAMPLES) + 1) / 2);
    this.limit = limit;
  }

  /** Passes of one {@link #sample}: forward ones count half, and those in single precision too. */
  static double passes(MeasureContext context) {
    return SnapshotPasses.SINGLE_PRECISION * (context.settings().count(Setting.SAMPLES) + 1) / 2.0;
  }

  /** As many as {@link Setting#SAMPLES} perturbations of the standard deviations {@code s}. */
  SampledLoss sample(DoubleUnaryOperator s) {
    return sample(s, sample -> false);
  }

  /** The same, but no more than {@code enough} asks for. */
  SampledLoss sample(DoubleUnaryOperator s, Predicate<SampledLoss> enough) {
    RunningMean rise = new RunningMean();
    RunningMean error = new RunningMean();
    for (int pair = 1; ; pair++) {
      Passes.Loss loss = loss(pair - 1L, s);
      rise.add(loss.crossEntropy() - unperturbed.crossEntropy());
      error.add(loss.error());
      if (pair < LEAST_PAIRS) {
        continue;
      }
      boolean late = pair < pairs && limit.isOver();
      SampledLoss sample = new SampledLoss(rise.estimate(), error.estimate(), pair, late);
      if (late || pair == pairs || (pair >= DECISIVE_PAIRS && enough.test(sample))) {
        return sample;
      }
    }
  }

  /** The mean over w + ν and w − ν. */
  private Passes.Loss loss(long pair, DoubleUnaryOperator s) {
    for (int i = 0; i < noise.length; i++) {
      noise[i] = s.applyAsDouble(parameters[i]) * random.gaussian(pair, i);
    }
    Passes.Loss above = lossAt(1);
    Passes.Loss below = lossAt(-1);
    return new Passes.Loss(
        (above.crossEntropy() + below.crossEntropy()) / 2, (above.error() + below.error()) / 2);
  }

  private Passes.Loss lossAt(int sign) {
    for (int i = 0; i < moved.length; i++) {
      moved[i] = parameters[i] + sign * noise[i];
    }
    return passes.loss(moved);
  }
}
