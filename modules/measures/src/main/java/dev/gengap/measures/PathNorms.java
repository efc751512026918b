package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.LayerSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Path norms: sums over all paths from an input to an output of ∏|w| (ℓ1) or ∏w² (ℓ2), or ∏|w|^1.5
 * between. Rescaling a hidden unit's incoming weights by c and its outgoing ones by 1/c leaves them
 * as they are, as it does the network's function.
 */
final class PathNorms {
  private static final double LN_4 = StrictMath.log(4);

  private static final Shared<Double> LN_1_POINT_5_SUM =
      Shared.of(context -> lnSum(context.network(), context.weightMatrices(), 1.5));

  private PathNorms() {}

  static List<Measure> l1() {
    return List.of(
        path("path1_sum", "Σ_paths ∏|w|").exact(c -> StrictMath.exp(c.lnPathSum(1))),
        path("ln_path1_sum", "ln Σ_paths ∏|w|").exact(c -> c.lnPathSum(1)),
        path("ln_path1_over_margin", "ln(γ⁻² (Σ_paths ∏|w|)²)")
            .overMargin()
            .convention("factors", "none")
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + 2 * c.lnPathSum(1)),
        path("ln_l1_path_capacity", "ln(γ⁻² 4^d (Σ_paths ∏|w|)²)")
            .overMargin()
            .convention("factors", "paper")
            .exact(
                c ->
                    Margins.lnInverseSquare(c.positiveMargin())
                        + c.weightMatrices().size() * LN_4
                        + 2 * c.lnPathSum(1)));
  }

  static List<Measure> l2() {
    return List.of(
        path("path2_sum", "Σ_paths ∏w²", Sources.JIANG_2020 + " (44)")
            .exact(c -> StrictMath.exp(c.lnPathSum(2))),
        path("ln_path2_sum", "ln Σ_paths ∏w²").exact(c -> c.lnPathSum(2)),
        path("ln_path2_over_margin", "ln(γ⁻² Σ_paths ∏w²)", Sources.JIANG_2020 + " (43)")
            .overMargin()
            .convention("factors", "none")
            .exact(c -> Margins.lnInverseSquare(c.positiveMargin()) + c.lnPathSum(2)),
        path("ln_l2_path_capacity", "ln(γ⁻² (∏ 4h_i) Σ_paths ∏w²)")
            .overMargin()
            .convention("factors", "paper")
            .exact(PathNorms::lnL2Capacity));
  }

  static List<Measure> l1Point5() {
    return List.of(
        path("path1.5_sum", "Σ_paths ∏|w|^1.5", Sources.NEYSHABUR_2015)
            .exact(c -> StrictMath.exp(c.get(LN_1_POINT_5_SUM))),
        path("ln_path1.5_sum", "ln Σ_paths ∏|w|^1.5", Sources.NEYSHABUR_2015)
            .exact(c -> c.get(LN_1_POINT_5_SUM)),
        path("ln_path1.5_over_margin", "ln(γ⁻² (Σ_paths ∏|w|^1.5)^{2/1.5})", Sources.NEYSHABUR_2015)
            .overMargin()
            .exact(
                c ->
                    Margins.lnInverseSquare(c.positiveMargin())
                        + 2 / 1.5 * c.get(LN_1_POINT_5_SUM)));
  }

  /**
   * ln of the path sum, by an all-ones input through |w|^power, O(multiply-adds). What reaches the
   * units is rescaled after every layer, so that neither depth nor width can overflow it.
   *
   * @param weights W_1 … W_d of {@code network}
   * @return −∞ where no path has a non-zero product
   */
  static double lnSum(NetworkSpec network, List<Matrix> weights, double power) {
    Reach paths = new Reach(weights, power);
    double[] reach = new double[network.features()];
    Arrays.fill(reach, 1);
    List<Integer> shape = network.input();
    double lnScale = 0;
    for (LayerSpec layer : network.layers()) {
      reach = paths.through(layer, shape, reach).clone();
      shape = layer.outputShape(shape);
      double scale = Arrays.stream(reach).max().orElseThrow();
      if (scale == 0) {
        return Double.NEGATIVE_INFINITY;
      }
      for (int i = 0; i < reach.length; i++) {
        reach[i] /= scale;
      }
      lnScale += StrictMath.log(scale);
    }
    return lnScale + StrictMath.log(Arrays.stream(reach).sum());
  }

  private static double lnL2Capacity(MeasureContext context) {
    return Margins.lnInverseSquare(context.positiveMargin())
        + context.weightMatrices().size() * LN_4
        + Sizes.lnUnitsProduct(context.weightMatrices())
        + context.lnPathSum(2);
  }

  private static Definition path(String key, String formula) {
    return path(key, formula, Sources.NEYSHABUR_2017);
  }

  private static Definition path(String key, String formula, String source) {
    return Definition.of(key, formula, source)
        .needs(Need.PATHS)
        .convention("bias", "excluded")
        .convention("batch_norm", "folded")
        .convention("pools", "of maxima: the largest; of means: their weights, to no power");
  }
}
