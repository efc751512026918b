package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import java.util.List;

/** Group norms ‖W‖_{1,∞}: the largest ℓ1 norm of the weights that enter one unit. */
final class GroupNorms {
  private GroupNorms() {}

  static List<Measure> measures() {
    return List.of(
        Definition.ofWeights(
                "layer_l1_inf", "‖W_i‖_{1,∞}, the largest row ℓ1 norm", Sources.NEYSHABUR_2017)
            .perLayer(GroupNorms::norms),
        Definition.ofWeights("ln_l1_inf_product", "ln ∏ ‖W_i‖²_{1,∞}", Sources.NEYSHABUR_2017)
            .exact(GroupNorms::lnProduct),
        Definition.ofWeights(
                "ln_l1_inf_over_margin", "ln(γ⁻² ∏ ‖W_i‖²_{1,∞})", Sources.NEYSHABUR_2017)
            .overMargin()
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + lnProduct(c)));
  }

  private static List<Double> norms(MeasureContext context) {
    return context.weightMatrices().stream().map(GroupNorms::l1Inf).toList();
  }

  private static double lnProduct(MeasureContext context) {
    return 2 * Layers.lnProduct(norms(context));
  }

  private static double l1Inf(Matrix weight) {
    double largest = 0;
    for (int row = 0; row < weight.rows(); row++) {
      double sum = 0;
      for (int column = 0; column < weight.columns(); column++) {
        sum += Math.abs(weight.get(row, column));
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
