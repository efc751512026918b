package dev.gengap.measures;

import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Shared;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** What Gaussian perturbations of all parameters cost, and the KL divergence that goes with it. */
final class ExpectedSharpness {
  /** The perturbations N(0, σ² I) that measures at a fixed σ share. */
  static final Shared<SampledLoss> ISOTROPIC =
      Shared.of(
          context -> sample(context, Deviations.isotropic(context.settings().get(Setting.SIGMA))));

  /** The convention of what σ is and how noise is drawn. */
  static final String NOISE = "standard deviation, in antithetic pairs";

  private static final double NEYSHABUR_ALPHA = 0.01;
  private static final double SHARPNESS = 0.05;
  private static final Shared<Crossing> ALPHA_AT_SHARPNESS =
      Shared.handedOn(ExpectedSharpness::alphaAtSharpness);

  private ExpectedSharpness() {}

  static List<Measure> measures() {
    return List.of(
        isotropic("expected_sharpness", "E_ν L(w + ν) − L(w), ν ~ N(0, σ² I)")
            .convention("loss", "cross-entropy")
            .value(context -> value(context.get(ISOTROPIC).sharpness(), context.get(ISOTROPIC))),
        isotropic("gibbs_error", "E_ν of the 0-1 error of w + ν, ν ~ N(0, σ² I)")
            .convention("loss", "0-1")
            .value(context -> value(context.get(ISOTROPIC).error(), context.get(ISOTROPIC))),
        sampled(
                "expected_sharpness_neyshabur_alpha_0.01",
                "E_ν L(w + ν) − L(w), ν_i ~ N(0, s_i²), s_i = α(10|w_i|+1), α = 0.01")
            .passes(CostClass.PERTURBATIONS, Perturbations::passes)
            .convention("loss", "cross-entropy")
            .value(ExpectedSharpness::neyshabur),
        Definition.ofWeights(
                "kl_neyshabur_alpha_0.01",
                "Σ (w_i/s_i)², s_i = α(10|w_i|+1), α = 0.01",
                Sources.NEYSHABUR_2017)
            .convention("bias", "included")
            .convention("factor", "1, which is twice the divergence KL(N(w, S) ‖ N(0, S))")
            .exact(context -> kl(context.parameters(), NEYSHABUR_ALPHA)),
        sampled(
                "kl_at_expected_sharpness_0.05",
                "Σ (w_i/s_i)² at the α where E_ν L(w + ν) − L(w) = 0.05, s_i = α(10|w_i|+1)")
            .passes(
                CostClass.PERTURBATIONS,
                ALPHA_AT_SHARPNESS,
                context -> ScaleSearch.sampledPasses(context, ALPHA_AT_SHARPNESS))
            .convention("factor", "1, which is twice the divergence KL(N(w, S) ‖ N(0, S))")
            .convention("loss", "cross-entropy")
            .convention("alpha_grid", ScaleSearch.GRID)
            .value(
                context ->
                    context
                        .get(ALPHA_AT_SHARPNESS)
                        .value(alpha -> kl(context.parameters(), alpha))));
  }

  /** A measure of perturbations of all parameters. */
  static Definition sampled(String key, String formula) {
    return Definition.of(key, formula, Sources.NEYSHABUR_2017)
        .setting(Setting.SAMPLES)
        .setting(Setting.SECONDS)
        .convention("bias", "included")
        .convention("noise", NOISE)
        .convention("precision", Perturbations.PRECISION);
  }

  private static Definition isotropic(String key, String formula) {
    return sampled(key, formula)
        .setting(Setting.SIGMA)
        .passes(CostClass.PERTURBATIONS, ISOTROPIC, Perturbations::passes);
  }

  /** Σ (w_i/s_i)² for s_i = α(10|w_i|+1). */
  static double kl(double[] parameters, double alpha) {
    DoubleUnaryOperator s = Deviations.neyshabur(alpha);
    double sum = 0;
    for (double parameter : parameters) {
      double ratio = parameter / s.applyAsDouble(parameter);
      sum += ratio * ratio;
    }
    return sum;
  }

  private static SampledLoss sample(MeasureContext context, DoubleUnaryOperator s) {
    return new Perturbations(context, new TimeLimit(context.settings())).sample(s);
  }

  private static MeasuredValue neyshabur(MeasureContext context) {
    SampledLoss sample = sample(context, Deviations.neyshabur(NEYSHABUR_ALPHA));
    return value(sample.sharpness(), sample);
  }

  private static MeasuredValue value(Estimate estimate, SampledLoss sample) {
    return new MeasuredValue.Scalar(
        estimate.mean(), OptionalDouble.of(estimate.standardError()), sample.timeLimited());
  }

  private static Crossing alphaAtSharpness(MeasureContext context) {
    TimeLimit limit = new TimeLimit(context.settings());
    Perturbations perturbations = new Perturbations(context, limit);
    return new ScaleSearch(
            alpha ->
                perturbations
                    .sample(
                        Deviations.neyshabur(alpha),
                        sample -> ScaleSearch.isDecided(sample.sharpness(), SHARPNESS))
                    .sharpness(),
            SHARPNESS,
            limit)
        .find(context.previous(ALPHA_AT_SHARPNESS));
  }
}
