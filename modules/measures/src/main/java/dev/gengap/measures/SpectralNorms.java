package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import java.util.List;

/** Spectral norms: the largest singular value s_i of each W_i, and their product. */
final class SpectralNorms {
  private SpectralNorms() {}

  static List<Measure> measures() {
    return List.of(
        reshaped("layer_spectral", "s_i, the largest singular value of W_i", Sources.NEYSHABUR_2017)
            .perLayer(MeasureContext::spectralNorms),
        operator("layer_operator", "ℓ2 operator norm of layer i as applied", Sources.NEYSHABUR_2017)
            .perLayer(MeasureContext::spectralNorms),
        reshaped("ln_spectral_product", "ln ∏ s_i²", Sources.NEYSHABUR_2017)
            .convention("factors", "none")
            .exact(SpectralNorms::lnProduct),
        operator("ln_operator_product", "ln ∏ of the squared operator norms", Sources.JIANG_2020)
            .convention("factors", "none")
            .exact(SpectralNorms::lnProduct),
        reshaped("ln_spectral_over_margin", "ln(γ⁻² ∏ s_i²)", Sources.JIANG_2020)
            .overMargin()
            .convention("factors", "none")
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + lnProduct(c)),
        reshaped("ln_spectral_capacity", "ln(γ⁻² ∏ h_i s_i²)", Sources.NEYSHABUR_2017)
            .overMargin()
            .convention("factors", "paper")
            .exact(
                c ->
                    Margins.lnInverseSquare(c.positiveMargin())
                        + Sizes.lnUnitsProduct(c.weightMatrices())
                        + lnProduct(c)),
        reshaped("fro_over_spec", "Σ ‖W_i‖²_F / s_i², the stable ranks", Sources.JIANG_2020)
            .exact(SpectralNorms::stableRanks));
  }

  private static Definition reshaped(String key, String formula, String source) {
    return Definition.ofWeights(key, formula, source)
        .convention("spectral_norm", "matrix (out, rest)");
  }

  /** A linear layer is applied as its matrix, so its operator norm is that of the matrix. */
  private static Definition operator(String key, String formula, String source) {
    return Definition.ofWeights(key, formula, source)
        .needs(Need.LAYERS_AS_MATRICES)
        .convention("spectral_norm", "layer as applied");
  }

  private static double lnProduct(MeasureContext context) {
    return 2 * Layers.lnProduct(context.spectralNorms());
  }

  private static double stableRanks(MeasureContext context) {
    double sum = 0;
    for (int i = 0; i < context.spectralNorms().size(); i++) {
      double s = context.spectralNorms().get(i);
      sum += context.squaredFrobeniusNorms().get(i) / (s * s);
    }
    return sum;
  }
}
