package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import java.util.List;

/**
 * Group norms ‖W‖_{p,q}: the ℓq norm over the units of a layer of the ℓp norms of the weights that
 * enter each.
 */
final class GroupNorms {
  private GroupNorms() {}

  static List<Measure> l1Inf() {
    return List.of(
        Definition.ofWeights(
                "layer_l1_inf", "‖W_i‖_{1,∞}, the largest row ℓ1 norm", Sources.NEYSHABUR_2017)
            .perLayer(GroupNorms::l1InfNorms),
        Definition.ofWeights("ln_l1_inf_product", "ln ∏ ‖W_i‖²_{1,∞}", Sources.NEYSHABUR_2017)
            .exact(GroupNorms::lnL1Inf),
        Definition.ofWeights(
                "ln_l1_inf_over_margin", "ln(γ⁻² ∏ ‖W_i‖²_{1,∞})", Sources.NEYSHABUR_2017)
            .overMargin()
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + lnL1Inf(c)));
  }

  static List<Measure> l3() {
    return List.of(
        define("layer_l3_1.5", "‖W_i‖_{3,1.5}").perLayer(GroupNorms::l3Norms),
        define("ln_l3_1.5_product", "ln ∏ ‖W_i‖²_{3,1.5}").exact(GroupNorms::lnL3),
        define("ln_l3_1.5_over_margin", "ln(γ⁻² ∏ ‖W_i‖²_{3,1.5})")
            .overMargin()
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + lnL3(c)));
  }

  private static Definition define(String key, String formula) {
    return Definition.ofWeights(key, formula, Sources.NEYSHABUR_2015);
  }

  private static List<Double> l1InfNorms(MeasureContext context) {
    return context.weightMatrices().stream().map(GroupNorms::l1Inf).toList();
  }

  private static List<Double> l3Norms(MeasureContext context) {
    return context.weightMatrices().stream().map(GroupNorms::l3).toList();
  }

  /** ln ∏ ‖W_i‖²_{1,∞}. */
  static double lnL1Inf(MeasureContext context) {
    return 2 * Layers.lnProduct(l1InfNorms(context));
  }

  /** ln ∏ ‖W_i‖²_{3,1.5}. */
  static double lnL3(MeasureContext context) {
    return 2 * Layers.lnProduct(l3Norms(context));
  }

  private static double l3(Matrix weight) {
    double total = 0;
    for (int row = 0; row < weight.rows(); row++) {
      double cubes = 0;
      for (int column = 0; column < weight.columns(); column++) {
        double w = Math.abs(weight.get(row, column));
        cubes += w * w * w;
      }
      total += Math.sqrt(cubes); // (cubes^{1/3})^{1.5}
    }
    return StrictMath.pow(total, 2.0 / 3);
  }

  /** ‖W‖_{1,∞}, the largest ℓ1 norm of a row. */
  static double l1Inf(Matrix weight) {
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
