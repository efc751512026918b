package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import java.util.List;

/**
 * The cores of the spectrally normalised bounds of Bartlett et al. 2017 and Neyshabur et al. 2018:
 * what is left of them without margins, data, logarithms and constants.
 */
final class SpectralComplexities {
  private SpectralComplexities() {}

  static List<Measure> measures() {
    return List.of(
        Definition.ofWeights(
                "bartlett_core",
                "∏ s_i · (Σ (‖W_i − W⁰_i‖_{2,1} / s_i)^{2/3})^{3/2}",
                Sources.BARTLETT_2017)
            .needs(Need.INITIAL_WEIGHTS)
            .convention("row_norms", "ℓ2 of rows, summed")
            .exact(SpectralComplexities::bartlett),
        Definition.ofWeights(
                "spec_fro_core", "∏ s_i² · Σ h_i ‖W_i − W⁰_i‖²_F / s_i²", Sources.NEYSHABUR_2018)
            .needs(Need.INITIAL_WEIGHTS)
            .exact(SpectralComplexities::spectralFrobenius));
  }

  private static double bartlett(MeasureContext context) {
    return StrictMath.exp(Layers.lnProduct(context.spectralNorms()))
        * StrictMath.pow(bartlettSum(context), 1.5);
  }

  /** Σ (‖W_i − W⁰_i‖_{2,1} / s_i)^{2/3}. */
  static double bartlettSum(MeasureContext context) {
    List<Double> norms = context.spectralNorms();
    double sum = 0;
    for (int i = 0; i < norms.size(); i++) {
      double moved = Distances.rowNormSum(context.displacementMatrices().get(i));
      sum += StrictMath.pow(moved / norms.get(i), 2.0 / 3);
    }
    return sum;
  }

  private static double spectralFrobenius(MeasureContext context) {
    return StrictMath.exp(2 * Layers.lnProduct(context.spectralNorms()))
        * spectralFrobeniusSum(context);
  }

  /** Σ h_i ‖W_i − W⁰_i‖²_F / s_i². */
  static double spectralFrobeniusSum(MeasureContext context) {
    List<Double> norms = context.spectralNorms();
    List<Double> distances = Distances.squares(context);
    double sum = 0;
    for (int i = 0; i < norms.size(); i++) {
      double s = norms.get(i);
      sum += context.weightMatrices().get(i).rows() * distances.get(i) / (s * s);
    }
    return sum;
  }
}
