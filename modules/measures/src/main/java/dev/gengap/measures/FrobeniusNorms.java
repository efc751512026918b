package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import java.util.List;

/** ℓ2 norms: of each layer ‖W_i‖_F, and their product. */
final class FrobeniusNorms {
  private static final double LN_4 = StrictMath.log(4);

  private FrobeniusNorms() {}

  static List<Measure> measures() {
    return List.of(
        Definition.ofWeights("layer_frobenius_sq", "‖W_i‖²_F", Sources.NEYSHABUR_2017)
            .perLayer(MeasureContext::squaredFrobeniusNorms),
        Definition.ofWeights("weight_norm_sq", "Σ ‖W_i‖²_F", Sources.JIANG_2020 + " (42)")
            .convention("bias", "excluded")
            .exact(context -> Layers.sum(context.squaredFrobeniusNorms())),
        Definition.ofWeights("ln_frobenius_product", "ln ∏ ‖W_i‖²_F", Sources.JIANG_2020 + " (37)")
            .convention("factors", "none")
            .exact(FrobeniusNorms::lnProduct),
        Definition.ofWeights(
                "ln_frobenius_over_margin", "ln(γ⁻² ∏ ‖W_i‖²_F)", Sources.JIANG_2020 + " (36)")
            .overMargin()
            .convention("factors", "none")
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + lnProduct(c)),
        Definition.ofWeights("ln_l2_capacity", "ln(γ⁻² ∏ 4‖W_i‖²_F)", Sources.NEYSHABUR_2017)
            .overMargin()
            .convention("factors", "paper")
            .exact(
                c ->
                    Margins.lnInverseSquare(c.positiveMargin())
                        + c.weightMatrices().size() * LN_4
                        + lnProduct(c)));
  }

  /** ‖W‖²_F. */
  static double square(Matrix weight) {
    double sum = 0;
    for (double value : weight.values()) {
      sum += value * value;
    }
    return sum;
  }

  private static double lnProduct(MeasureContext context) {
    return Layers.lnProduct(context.squaredFrobeniusNorms());
  }
}
