package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Need;
import java.util.List;

/** How large the network and its training set are. */
final class Sizes {
  private Sizes() {}

  static List<Measure> measures() {
    return List.of(
        Definition.of("samples", "m, the number of training examples", Sources.ELEMENTARY)
            .needs(Need.TRAIN_OUTPUTS)
            .exact(context -> context.train().size()),
        Definition.of("weight_layers", "d, the number of layers with weights", Sources.ELEMENTARY)
            .exact(context -> context.weightMatrices().size()),
        Definition.ofWeights("parameters", "the number of parameters", Sources.ELEMENTARY)
            .convention("bias", "included")
            .exact(context -> context.network().parameterCount()),
        Definition.of("layer_units", "h_i, the rows of W_i", Sources.ELEMENTARY)
            .perLayer(context -> context.weightMatrices().stream().map(Sizes::units).toList()));
  }

  /** Σ ln h_i, for the measures with the papers' factors. */
  static double lnUnitsProduct(List<Matrix> weights) {
    return weights.stream().mapToDouble(w -> StrictMath.log(w.rows())).sum();
  }

  private static double units(Matrix weight) {
    return weight.rows();
  }
}
