package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Outputs;
import java.util.List;

/**
 * Measures of Jiang et al. 2020 that no other family has, as the public code of Dziugaite et al.
 * 2020 computes them: products as logarithms, no square roots, not divided by m.
 */
final class JiangMeasures {
  private JiangMeasures() {}

  static List<Measure> measures() {
    return Definition.joined(
        List.of(
            ofWeights("weight_count", "the number of weights", "(20)")
                .exact(c -> count(c.weightMatrices())),
            Definition.of("inverse_margin", "1/γ²", Sources.JIANG_2020 + " (22)")
                .overMargin()
                .exact(c -> 1 / (c.positiveMargin() * c.positiveMargin())),
            Definition.of(
                    "neg_entropy", "mean of Σ_j p_j ln p_j, p = softmax(f(x))", Sources.JIANG_2020)
                .needs(Need.TRAIN_OUTPUTS)
                .exact(c -> negativeEntropy(c.train())),
            ofWeights("ln_sum_of_fro", "ln(d (∏ ‖W_i‖²_F)^{1/d})", "(39)")
                .exact(c -> Layers.lnMean(Layers.lnProduct(c.squaredFrobeniusNorms()), c)),
            ofWeights("ln_sum_of_fro_over_margin", "ln(d (γ⁻² ∏ ‖W_i‖²_F)^{1/d})", "(38)")
                .overMargin()
                .exact(
                    c ->
                        Layers.lnMean(
                            Layers.lnProduct(c.squaredFrobeniusNorms())
                                + Margins.lnInverseSquare(c.positiveMargin()),
                            c)),
            ofWeights("fro_dist", "Σ ‖W_i − W⁰_i‖²_F", "(40)")
                .needs(Need.INITIAL_WEIGHTS)
                .exact(c -> Layers.sum(Distances.squares(c))),
            ofWeights("weight_norm", "(Σ ‖W_i‖²_F)^{1/2}", "as coded by Dziugaite et al. 2020")
                .exact(c -> Math.sqrt(Layers.sum(c.squaredFrobeniusNorms())))),
        SpectralFamily.reshaped());
  }

  private static Definition ofWeights(String key, String formula, String where) {
    return Definition.ofWeights(key, formula, Sources.JIANG_2020 + " " + where)
        .convention("bias", "excluded");
  }

  private static double count(List<Matrix> weights) {
    return weights.stream().mapToLong(weight -> weight.values().length).sum();
  }

  private static double negativeEntropy(Outputs outputs) {
    double total = 0;
    for (int i = 0; i < outputs.size(); i++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < outputs.classes(); k++) {
        most = Math.max(most, outputs.logit(i, k));
      }
      double sum = 0;
      double weighted = 0;
      for (int k = 0; k < outputs.classes(); k++) {
        double above = outputs.logit(i, k) - most;
        double share = StrictMath.exp(above);
        sum += share;
        weighted += share * above;
      }
      total += weighted / sum - StrictMath.log(sum);
    }
    return total / outputs.size();
  }
}
