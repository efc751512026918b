package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Setting;
import dev.gengap.network.LayerSummary;
import dev.gengap.network.layer.Conv2d;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Bounds on the generalization gap by norms, as logarithms: what the public code of Neyshabur et
 * al. 2017 keeps of them, without constants and the norms of the inputs; and those of Pitas et al.
 * as Jiang et al. 2020 give them.
 */
final class Bounds {
  private static final String INPUT_NORM = "input_norm";

  private Bounds() {}

  static List<Measure> measures() {
    return List.of(
        bound(
                "ln_bound_l1_inf",
                "ln(√(d + ln D) ∏ ‖W_i‖_{1,∞} / (γ √m)), D inputs",
                Sources.NEYSHABUR_2015)
            .exact(c -> lnDepthFactor(c) + GroupNorms.lnL1Inf(c) / 2 - lnRootSamples(c)),
        bound(
                "ln_bound_frobenius",
                "ln(√(d + ln D) ∏ ‖W_i‖_F / (γ √m)), D inputs",
                Sources.NEYSHABUR_2015)
            .exact(
                c ->
                    lnDepthFactor(c)
                        + Layers.lnProduct(c.squaredFrobeniusNorms()) / 2
                        - lnRootSamples(c)),
        bound(
                "ln_bound_l3_1.5",
                "ln(√(d + ln D) ∏ ‖W_i‖_{3,1.5} / (γ m^{1/3})), D inputs",
                Sources.NEYSHABUR_2015)
            .exact(c -> lnDepthFactor(c) + GroupNorms.lnL3(c) / 2 - lnSamples(c) / 3),
        moved(
            bound(
                "ln_bound_bartlett",
                "ln(ln m · ln ω · ∏ s_i (Σ (‖W_i − W⁰_i‖_{2,1} / s_i)^{2/3})^{3/2} / (γ √m)),"
                    + " ω parameters",
                Sources.BARTLETT_2017),
            Bounds::lnBartlett),
        moved(
            bound(
                "ln_bound_neyshabur_2018",
                "ln(d ∏ s_i (Σ h_i ‖W_i − W⁰_i‖²_F / s_i²)^{1/2} / (γ √m))",
                Sources.NEYSHABUR_2018),
            Bounds::lnNeyshabur),
        moved(
            pitas(
                "ln_spec_init",
                "ln(γ⁻² ((84 Σ k_i √h_i + √ln(4 h² d))² ∏ s_i² Σ ‖W_i − W⁰_i‖²_F / s_i²"
                    + " + ln(m/δ))), k_i² pixels in a kernel, h = max h_i",
                "(24)"),
            c -> lnPitas(c, Distances.squares(c))),
        pitas(
                "ln_spec_orig",
                "ln(γ⁻² ((84 Σ k_i √h_i + √ln(4 h² d))² ∏ s_i² Σ ‖W_i‖²_F / s_i² + ln(m/δ))),"
                    + " k_i² pixels in a kernel, h = max h_i",
                "(25)")
            .exact(c -> lnPitas(c, c.squaredFrobeniusNorms())));
  }

  private static Definition bound(String key, String formula, String source) {
    return Definition.ofWeights(key, formula, source)
        .overMargin()
        .convention("constants", "dropped")
        .convention(INPUT_NORM, "dropped");
  }

  private static Definition pitas(String key, String formula, String equation) {
    return Definition.ofWeights(key, formula, Sources.JIANG_2020 + " " + equation)
        .overMargin()
        .setting(Setting.DELTA)
        .convention("formula", "unverified")
        .convention(INPUT_NORM, "taken as 1");
  }

  private static Measure moved(Definition definition, ToDoubleFunction<MeasureContext> value) {
    return definition
        .needs(Need.INITIAL_WEIGHTS)
        .value(
            context ->
                Layers.sum(Distances.squares(context)) == 0
                    ? Distances.NONE
                    : MeasuredValue.exact(value.applyAsDouble(context)));
  }

  private static double lnBartlett(MeasureContext context) {
    return StrictMath.log(lnSamples(context))
        + StrictMath.log(StrictMath.log((double) context.network().parameterCount()))
        + Layers.lnProduct(context.spectralNorms())
        + 1.5 * StrictMath.log(SpectralComplexities.bartlettSum(context))
        - StrictMath.log(context.positiveMargin())
        - lnRootSamples(context);
  }

  private static double lnNeyshabur(MeasureContext context) {
    return StrictMath.log(context.weightMatrices().size())
        + Layers.lnProduct(context.spectralNorms())
        + StrictMath.log(SpectralComplexities.spectralFrobeniusSum(context)) / 2
        - StrictMath.log(context.positiveMargin())
        - lnRootSamples(context);
  }

  private static double lnPitas(MeasureContext context, List<Double> squares) {
    double ratios = 0;
    for (int i = 0; i < squares.size(); i++) {
      double s = context.spectralNorms().get(i);
      ratios += squares.get(i) / (s * s);
    }
    double lnFirst =
        2 * StrictMath.log(unitFactor(context))
            + 2 * Layers.lnProduct(context.spectralNorms())
            + StrictMath.log(ratios);
    double delta = context.settings().get(Setting.DELTA);
    double second = StrictMath.log(context.train().size() / delta);
    return lnFirst
        + StrictMath.log1p(second * StrictMath.exp(-lnFirst))
        + Margins.lnInverseSquare(context.positiveMargin());
  }

  private static double unitFactor(MeasureContext context) {
    List<Matrix> weights = context.weightMatrices();
    List<LayerSummary> layers = WeightLayers.of(context.network());
    double sum = 0;
    double most = 0;
    for (int i = 0; i < weights.size(); i++) {
      double area =
          layers.get(i).layer() instanceof Conv2d conv
              ? conv.kernel().height() * conv.kernel().width()
              : 1;
      sum += Math.sqrt(area * weights.get(i).rows());
      most = Math.max(most, weights.get(i).rows());
    }
    return 84 * sum + Math.sqrt(StrictMath.log(4 * most * most * weights.size()));
  }

  /** ln(√(d + ln D) / γ). */
  private static double lnDepthFactor(MeasureContext context) {
    double depth = context.weightMatrices().size() + StrictMath.log(context.network().features());
    return StrictMath.log(depth) / 2 - StrictMath.log(context.positiveMargin());
  }

  private static double lnRootSamples(MeasureContext context) {
    return lnSamples(context) / 2;
  }

  private static double lnSamples(MeasureContext context) {
    return StrictMath.log(context.train().size());
  }
}
