package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import java.util.List;

/** How far the weights have moved since step 0: ‖W_i − W⁰_i‖. */
final class Distances {
  /** What a logarithm of a distance is at step 0. */
  static final MeasuredValue NONE =
      new MeasuredValue.NotApplicable("the weights are the initial ones");

  private Distances() {}

  static List<Measure> measures() {
    return List.of(
        Definition.ofWeights("layer_distance_sq", "‖W_i − W⁰_i‖²_F", Sources.NEYSHABUR_2018)
            .needs(Need.INITIAL_WEIGHTS)
            .perLayer(Distances::squares),
        Definition.ofWeights("distance_from_init", "(Σ ‖W_i − W⁰_i‖²_F)^{1/2}", Sources.JIANG_2020)
            .needs(Need.INITIAL_WEIGHTS)
            .convention("bias", "excluded")
            .exact(context -> Math.sqrt(Layers.sum(squares(context)))));
  }

  /** ‖W_i − W⁰_i‖²_F for each layer. */
  static List<Double> squares(MeasureContext context) {
    return context.displacementMatrices().stream().map(FrobeniusNorms::square).toList();
  }

  /** ‖W‖_{2,1}: the sum of the ℓ2 norms of the rows. */
  static double rowNormSum(Matrix displacement) {
    double total = 0;
    for (int row = 0; row < displacement.rows(); row++) {
      double square = 0;
      for (int column = 0; column < displacement.columns(); column++) {
        double value = displacement.get(row, column);
        square += value * value;
      }
      total += Math.sqrt(square);
    }
    return total;
  }
}
