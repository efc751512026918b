package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import java.util.List;

/** Spectral norms: the largest singular value s_i of each W_i, and their product. */
final class SpectralNorms {
  /** The convention of norms of matrices. */
  static final String RESHAPED = "matrix (out, rest)";

  /** The convention of norms by Fourier transform. */
  static final String CIRCULAR = "circular, stride 1, size of the layer's input";

  private SpectralNorms() {}

  static List<Measure> measures() {
    return List.of(
        reshaped("layer_spectral", "s_i, the largest singular value of W_i", Sources.NEYSHABUR_2017)
            .perLayer(MeasureContext::spectralNorms),
        operator("layer_operator", "ℓ2 operator norm of layer i as applied", Sources.NEYSHABUR_2017)
            .perLayer(OperatorNorms::of),
        Definition.ofWeights(
                "layer_spectral_fft",
                "ℓ2 operator norm of layer i, its convolution circular and moved by one",
                Sources.SEDGHI_2019)
            .convention("spectral_norm", CIRCULAR)
            .perLayer(CircularNorms::of),
        reshaped("ln_spectral_product", "ln ∏ s_i²", Sources.JIANG_2020 + " (32)")
            .convention("factors", "none")
            .exact(SpectralNorms::lnProduct),
        operator("ln_operator_product", "ln ∏ of the squared operator norms", Sources.JIANG_2020)
            .convention("factors", "none")
            .exact(context -> 2 * Layers.lnProduct(OperatorNorms.of(context))),
        reshaped("ln_spectral_over_margin", "ln(γ⁻² ∏ s_i²)", Sources.JIANG_2020 + " (31)")
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
        reshaped(
                "fro_over_spec",
                "Σ ‖W_i‖²_F / s_i², the stable ranks",
                Sources.JIANG_2020 + " (33)")
            .exact(SpectralNorms::stableRanks));
  }

  private static Definition reshaped(String key, String formula, String source) {
    return Definition.ofWeights(key, formula, source).convention("spectral_norm", RESHAPED);
  }

  private static Definition operator(String key, String formula, String source) {
    return Definition.ofWeights(key, formula, source)
        .convention("spectral_norm", "layer as applied")
        .convention("tolerance", Double.toString(OperatorNorms.TOLERANCE));
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
