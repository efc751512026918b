package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import java.util.List;

/** Schatten norms (Σ s^p)^{1/p} of the singular values s of each W_i, and their products. */
final class SchattenNorms {
  private SchattenNorms() {}

  static List<Measure> measures() {
    return List.of(
        define("layer_trace_norm", "Σ of the singular values of W_i").perLayer(c -> norms(c, 1)),
        define("ln_trace_norm_product", "ln ∏ of the squared trace norms")
            .exact(c -> lnProduct(c, 1)),
        define("ln_trace_norm_over_margin", "ln(γ⁻² ∏ of the squared trace norms)")
            .overMargin()
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + lnProduct(c, 1)),
        define("layer_schatten_1.5", "(Σ s^1.5)^{1/1.5} of the singular values s of W_i")
            .perLayer(c -> norms(c, 1.5)),
        define("ln_schatten_1.5_product", "ln ∏ of the squared Schatten 1.5-norms")
            .exact(c -> lnProduct(c, 1.5)),
        define("ln_schatten_1.5_over_margin", "ln(γ⁻² ∏ of the squared Schatten 1.5-norms)")
            .overMargin()
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + lnProduct(c, 1.5)));
  }

  private static Definition define(String key, String formula) {
    return Definition.ofWeights(key, formula, Sources.NEYSHABUR_2017)
        .convention("singular_values", "matrix (out, rest)");
  }

  private static List<Double> norms(MeasureContext context, double p) {
    return SingularValues.of(context).stream().map(values -> norm(values, p)).toList();
  }

  private static double lnProduct(MeasureContext context, double p) {
    return 2 * Layers.lnProduct(norms(context, p));
  }

  private static double norm(double[] values, double p) {
    double sum = 0;
    for (double value : values) {
      sum += StrictMath.pow(value, p);
    }
    return StrictMath.pow(sum, 1 / p);
  }
}
