package dev.gengap.measures;

import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * PAC-Bayes bounds on the error of a network perturbed by N(0, σ² I), for priors of the same σ
 * around 0 and around the initial parameters, and for a union of priors around those.
 */
final class PacBayes {
  private PacBayes() {}

  static List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    for (Prior prior : Prior.values()) {
      measures.add(prior.divergence());
      for (PacBayesBound bound : PacBayesBound.values()) {
        measures.add(prior.bound(bound));
      }
    }
    measures.add(
        bound(
                "pac_bayes_dziugaite_roy",
                "kl⁻¹(kl⁻¹(L̂ | ln(2/δ′)/M) | min_j (KL_j + 2 ln j + ln(π²n/6δ))/(n−1))",
                Sources.DZIUGAITE_2017)
            .needs(Need.INITIAL_WEIGHTS)
            .convention("prior", "N(w⁰, λ_j I), λ_j = 0.1 exp(−j/100)")
            .convention("delta_split", "5/7 union, 2/7 sampling")
            .convention("sampling", "M antithetic pairs")
            .convention("posterior", "N(w, σ² I), not optimised")
            .value(PacBayes::union));
    return List.copyOf(measures);
  }

  private static Definition bound(String key, String formula, String source) {
    return Definition.of(key, formula, source)
        .passes(CostClass.PERTURBATIONS, ExpectedSharpness.ISOTROPIC, Perturbations::passes)
        .setting(Setting.SIGMA)
        .setting(Setting.SAMPLES)
        .setting(Setting.SECONDS)
        .setting(Setting.DELTA)
        .convention("bias", "included")
        .convention("loss", "0-1")
        .convention("noise", ExpectedSharpness.NOISE)
        .convention("precision", Perturbations.PRECISION);
  }

  private static MeasuredValue union(MeasureContext context) {
    double sigma = context.settings().get(Setting.SIGMA);
    UnionOverPriors union =
        new UnionOverPriors(
            DiagonalGaussian.isotropic(
                context.parameters().length, Prior.INIT.squaredDistance(context), sigma * sigma),
            context.passes().examples(),
            context.settings().get(Setting.DELTA));
    int pairs = context.get(ExpectedSharpness.ISOTROPIC).pairs();
    return ofGibbsError(context, error -> union.bound(error, pairs));
  }

  /** {@code bound} of the sampled error, its standard error from that of the error. */
  private static MeasuredValue ofGibbsError(MeasureContext context, DoubleUnaryOperator bound) {
    SampledLoss sample = context.get(ExpectedSharpness.ISOTROPIC);
    double error = Math.min(1, sample.error().mean());
    double more = Math.min(1, error + sample.error().standardError());
    double less = Math.max(0, error - sample.error().standardError());
    double spread = (bound.applyAsDouble(more) - bound.applyAsDouble(less)) / 2;
    return new MeasuredValue.Scalar(
        bound.applyAsDouble(error), OptionalDouble.of(spread), sample.timeLimited());
  }

  /** Where a prior N(·, σ² I) has its mean. */
  private enum Prior {
    ZERO("zero_prior", "‖w‖²/2σ²", "N(0, σ² I)") {
      @Override
      double squaredDistance(MeasureContext context) {
        return Vectors.dot(context.parameters(), context.parameters());
      }
    },
    INIT("init_prior", "‖w − w⁰‖²/2σ²", "N(w⁰, σ² I)") {
      @Override
      double squaredDistance(MeasureContext context) {
        double[] moved = Vectors.plus(context.parameters(), -1, context.initialParameters());
        return Vectors.dot(moved, moved);
      }
    };

    private final String key;
    private final String formula;
    private final String distribution;

    Prior(String key, String formula, String distribution) {
      this.key = key;
      this.formula = formula;
      this.distribution = distribution;
    }

    /** Of its mean from the parameters. */
    abstract double squaredDistance(MeasureContext context);

    private Measure divergence() {
      return needs(Definition.ofWeights("kl_" + key, formula, Sources.NEYSHABUR_2017))
          .setting(Setting.SIGMA)
          .convention("bias", "included")
          .exact(this::divergence);
    }

    private Measure bound(PacBayesBound bound) {
      return needs(
              PacBayes.bound(
                  "pac_bayes_" + bound.key() + "_" + key,
                  bound.formula() + ", KL = " + formula,
                  bound.source()))
          .convention("prior", distribution)
          .value(context -> value(context, bound));
    }

    private Definition needs(Definition definition) {
      return this == INIT ? definition.needs(Need.INITIAL_WEIGHTS) : definition;
    }

    private double divergence(MeasureContext context) {
      double sigma = context.settings().get(Setting.SIGMA);
      return squaredDistance(context) / (2 * sigma * sigma);
    }

    private MeasuredValue value(MeasureContext context, PacBayesBound bound) {
      double divergence = divergence(context);
      double n = context.passes().examples();
      double delta = context.settings().get(Setting.DELTA);
      return ofGibbsError(
          context, error -> bound.of(new PacBayesBound.Evidence(error, divergence, n, delta)));
    }
  }
}
