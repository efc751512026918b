package dev.gengap.measures;

import dev.gengap.measures.LipschitzBound.Norm;
import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.network.NetworkSummary;
import dev.gengap.network.layer.Branching;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What is certain about how far outputs move with inputs. */
final class LipschitzMeasures {
  private static final double CLASSES_APART = StrictMath.log(2) / 2;
  private static final String SPECTRAL_NORM = "spectral_norm";
  private static final String AS_APPLIED = "layer as applied";

  private LipschitzMeasures() {}

  static List<Measure> measures() {
    return List.of(
        Definition.ofWeights(
                "ln_lipschitz_l2_upper",
                "ln of the product of the layers' ℓ2 Lipschitz constants, to the outputs",
                Sources.NEYSHABUR_2017)
            .convention(SPECTRAL_NORM, AS_APPLIED)
            .convention("tolerance", Double.toString(OperatorNorms.TOLERANCE))
            .value(context -> known(context, LipschitzMeasures::lnL2)),
        Definition.ofWeights(
                "ln_lipschitz_linf_upper",
                "ln of the product of the layers' ℓ∞ Lipschitz constants, ‖W_i‖_{1,∞} of weights",
                Sources.NEYSHABUR_2017)
            .value(context -> known(context, LipschitzMeasures::lnLInf)),
        Definition.ofWeights(
                "ln_certified_radius_l2",
                "ln(γ / (√2 C)), C the ℓ2 Lipschitz bound: inputs nearer keep their answer",
                Sources.XU_2012)
            .overMargin()
            .convention(SPECTRAL_NORM, AS_APPLIED)
            .convention("tolerance", Double.toString(OperatorNorms.TOLERANCE))
            .value(
                context ->
                    known(
                        context,
                        c -> StrictMath.log(c.positiveMargin()) - CLASSES_APART - lnL2(c))),
        Definition.ofWeights(
                "ln_margin_lipschitz_l2",
                "ln(max_{y≠j} ‖W_d[y] − W_d[j]‖_2 · the ℓ2 bound of the layers below)",
                Sources.NEYSHABUR_2017)
            .convention(SPECTRAL_NORM, AS_APPLIED)
            .convention("tolerance", Double.toString(OperatorNorms.TOLERANCE))
            .value(context -> ofPairs(context, PairConstants::lnLargest)),
        Definition.ofWeights(
                "ln_certified_radius_pairs_l2",
                "ln of the percentile of γ of min_{j≠y} (f(x)[y] − f(x)[j]) / (‖W_d[y] − W_d[j]‖_2"
                    + " · the ℓ2 bound of the layers below)",
                Sources.XU_2012)
            .overMargin()
            .convention(SPECTRAL_NORM, AS_APPLIED)
            .convention("tolerance", Double.toString(OperatorNorms.TOLERANCE))
            .value(context -> ofPairs(context, PairConstants::lnRadius)),
        Definition.of(
                "ln_lipschitz_l2_lower",
                "ln max ‖∂f/∂x‖_2 over the first " + InputJacobians.EXAMPLES + " examples",
                Sources.NEYSHABUR_2017)
            .convention("outputs", "logits")
            .passes(CostClass.GRADIENTS, InputJacobians::passes)
            .value(LipschitzMeasures::lnLower));
  }

  private static MeasuredValue lnLower(MeasureContext context) {
    double largest = context.get(InputJacobians.AT_FIRST).largestNorm();
    return largest > 0
        ? MeasuredValue.exact(StrictMath.log(largest))
        : new MeasuredValue.NotApplicable("outputs that move with none of the inputs");
  }

  private static MeasuredValue ofPairs(
      MeasureContext context, Function<MeasureContext, MeasuredValue> value) {
    if (!PairConstants.apply(context)) {
      return new MeasuredValue.NotApplicable("needs a last layer that is linear");
    }
    return unknown(context).orElseGet(() -> value.apply(context));
  }

  private static MeasuredValue known(
      MeasureContext context, ToDoubleFunction<MeasureContext> value) {
    return unknown(context).orElseGet(() -> MeasuredValue.exact(value.applyAsDouble(context)));
  }

  /** Which layer has no known constant, if one has none. */
  private static Optional<MeasuredValue> unknown(MeasureContext context) {
    return NetworkSummary.of(context.network()).layers().stream()
        .filter(summary -> !(summary.layer() instanceof Branching))
        .filter(summary -> !LipschitzBound.isKnown(summary.layer()))
        .findFirst()
        .map(
            summary ->
                new MeasuredValue.NotApplicable(
                    "no known Lipschitz constant of "
                        + summary.layer().type()
                        + " (layer "
                        + summary.name()
                        + ")"));
  }

  private static double lnL2(MeasureContext context) {
    return ln(context, Norm.L2, OperatorNorms.of(context));
  }

  private static double lnLInf(MeasureContext context) {
    return ln(
        context, Norm.L_INF, context.weightMatrices().stream().map(GroupNorms::l1Inf).toList());
  }

  private static double ln(MeasureContext context, Norm norm, List<Double> weights) {
    return new LipschitzBound(norm, weights)
        .ln(context.network().layers(), context.network().input());
  }
}
