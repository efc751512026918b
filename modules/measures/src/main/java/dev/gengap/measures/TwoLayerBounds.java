package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Setting;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Bounds for networks W_2 relu(W_1 x) with all their constants, as the code that Neyshabur et al.
 * 2019 published computes them: logarithms of the number of examples from which a gap below 1 is
 * certain. D inputs, H hidden units, C classes; F_i = ‖W_i‖_F, D_i = ‖W_i − W⁰_i‖_F. Where that
 * code takes the mean of the squared largest input over batches, this takes it over examples.
 */
final class TwoLayerBounds {
  private static final String OUTER = " + 3√ln(m/δ))²";

  private TwoLayerBounds() {}

  static List<Measure> measures() {
    return List.of(
        Definition.ofWeights(
                "neyshabur_2019_core",
                "‖W_2‖_F (‖W⁰_1‖_2 + ‖W_1 − W⁰_1‖_F)",
                Sources.NEYSHABUR_2019)
            .needs(Need.INITIAL_WEIGHTS)
            .convention("formula", "unverified")
            .value(context -> ofTwoLayers(context, TwoLayers::core)),
        unitWise(
            "ln_neyshabur_2019_capacity",
            "ln (3√2 (√(2C) + 1) (F_2 + 1) ((Σ_h mean relu(W⁰_1 x)_h²)^{1/2}"
                + " + D_1 √mean‖x‖² + 1) / γ + 3√(5H + ln(max(1, γ√m)/δ)))²",
            TwoLayers::unitWise),
        unitWise(
            "neyshabur_2019_bound",
            "(capacity / m)^{1/2}, the capacity as in ln_neyshabur_2019_capacity",
            layers -> StrictMath.exp((layers.unitWise() - StrictMath.log(layers.m())) / 2)),
        bound(
                "ln_two_layer_l1_inf",
                "ln (16 C ‖W_1‖_{1,∞} ‖W_2‖_{1,∞} √(ln D · mean‖x‖²_∞) / γ" + OUTER,
                Sources.BARTLETT_2002)
            .value(context -> ofTwoLayers(context, TwoLayers::l1Inf)),
        bound(
                "ln_two_layer_frobenius",
                "ln (8 √C F_1 F_2 √mean‖x‖² / γ" + OUTER,
                Sources.NEYSHABUR_2015)
            .value(context -> ofTwoLayers(context, TwoLayers::frobenius)),
        bound(
                "ln_two_layer_spectral_l1",
                "ln (144 ln m ln 2ω (√mean‖x‖² + 1/√m) ((s_2 ‖W_1 − W⁰_1‖_{2,1})^{2/3}"
                    + " + (s_1 ‖W_2 − W⁰_2‖_{2,1})^{2/3})^{3/2} / γ + (4.5 ln(1/δ) + ln(2m/γ)"
                    + " + 2 ln(2 + √(m mean‖x‖²)) + 2 ln ∏ (2 + 2D_i)(2 + 2s_i))^{1/2})²,"
                    + " ω parameters",
                Sources.BARTLETT_2017)
            .needs(Need.INITIAL_WEIGHTS)
            .value(context -> ofTwoLayers(context, TwoLayers::spectralL1)),
        bound(
                "ln_two_layer_spectral_frobenius",
                "ln ((336 s_1 √ln 8H max‖x‖ √(H s_2² D_1² + C s_1² D_2²) / (√2 γ))²"
                    + " + 6 ln(2m/δ))",
                Sources.NEYSHABUR_2018)
            .needs(Need.INITIAL_WEIGHTS)
            .value(context -> ofTwoLayers(context, TwoLayers::spectralFrobenius)));
  }

  private static Measure unitWise(String key, String formula, ToDoubleFunction<TwoLayers> value) {
    return bound(key, formula, Sources.NEYSHABUR_2019)
        .needs(Need.INITIAL_WEIGHTS)
        .convention("bias", "in the initial hidden units alone")
        .value(context -> ofTwoLayers(context, value));
  }

  private static Definition bound(String key, String formula, String source) {
    return Definition.ofWeights(key, formula, source)
        .overMargin()
        .needs(Need.TRAIN_INPUTS)
        .setting(Setting.DELTA)
        .setting(Setting.EXAMPLES)
        .convention("formula", "unverified")
        .convention("input_norm", "of the examples; m is all");
  }

  private static MeasuredValue ofTwoLayers(
      MeasureContext context, ToDoubleFunction<TwoLayers> value) {
    return TwoLayers.isFormOf(context.network())
        ? MeasuredValue.exact(value.applyAsDouble(new TwoLayers(context)))
        : new MeasuredValue.NotApplicable("needs two linear layers with a relu between");
  }
}
