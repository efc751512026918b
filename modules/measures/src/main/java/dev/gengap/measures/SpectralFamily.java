package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Need;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The measures of Jiang et al. 2020 that are made of spectral norms s_i, as the public code of
 * Dziugaite et al. 2020 computes them, products as logarithms.
 *
 * @param suffix of their keys
 * @param convention what norm s_i is
 * @param norms s_i of given matrices of the weight layers
 */
record SpectralFamily(
    String suffix,
    String convention,
    BiFunction<MeasureContext, List<Matrix>, List<Double>> norms) {

  /** s_i is the largest singular value of the matrix (out, rest). */
  static List<Measure> reshaped() {
    return new SpectralFamily("", SpectralNorms.RESHAPED, SpectralFamily::ofMatrices)
        .complexities();
  }

  /** s_i is the norm of a circular convolution. */
  static List<Measure> fourier() {
    SpectralFamily family =
        new SpectralFamily("_fft", SpectralNorms.CIRCULAR, SpectralFamily::ofCircular);
    return Definition.joined(family.products(), family.complexities());
  }

  private static List<Double> ofMatrices(MeasureContext context, List<Matrix> matrices) {
    return matrices == context.weightMatrices()
        ? context.spectralNorms()
        : LargestSingularValue.ofAll(matrices, context.seed());
  }

  private static List<Double> ofCircular(MeasureContext context, List<Matrix> matrices) {
    return matrices == context.weightMatrices()
        ? CircularNorms.of(context)
        : CircularNorms.of(context, matrices);
  }

  private List<Measure> products() {
    return List.of(
        define("ln_spectral_product", "ln ∏ s_i²", "(32)").exact(this::lnProduct),
        define("ln_spectral_over_margin", "ln(γ⁻² ∏ s_i²)", "(31)")
            .overMargin()
            .exact(c -> lnProduct(c) + Margins.lnInverseSquare(c.positiveMargin())),
        define("fro_over_spec", "Σ ‖W_i‖²_F / s_i², the stable ranks", "(33)")
            .exact(c -> sumOfRatios(c, c.squaredFrobeniusNorms())));
  }

  private List<Measure> complexities() {
    return List.of(
        define("ln_spec_init_main", "ln(γ⁻² ∏ s_i² · Σ ‖W_i − W⁰_i‖²_F / s_i²)", "(29)")
            .needs(Need.INITIAL_WEIGHTS)
            .overMargin()
            .value(this::lnInitMain),
        define("ln_spec_orig_main", "ln(γ⁻² ∏ s_i² · Σ ‖W_i‖²_F / s_i²)", "(30)")
            .overMargin()
            .exact(c -> lnMain(c, c.squaredFrobeniusNorms())),
        define("ln_sum_of_spec", "ln(d (∏ s_i²)^{1/d})", "(35)")
            .exact(c -> Layers.lnMean(lnProduct(c), c)),
        define("ln_sum_of_spec_over_margin", "ln(d (γ⁻² ∏ s_i²)^{1/d})", "(34)")
            .overMargin()
            .exact(
                c -> Layers.lnMean(lnProduct(c) + Margins.lnInverseSquare(c.positiveMargin()), c)),
        define("dist_spec_init", "Σ ‖W_i − W⁰_i‖²_2", "(41)")
            .needs(Need.INITIAL_WEIGHTS)
            .exact(this::spectralDistance));
  }

  private Definition define(String key, String formula, String equation) {
    return Definition.ofWeights(key + suffix, formula, Sources.JIANG_2020 + " " + equation)
        .convention("spectral_norm", convention);
  }

  private List<Double> norms(MeasureContext context) {
    return norms.apply(context, context.weightMatrices());
  }

  private double lnProduct(MeasureContext context) {
    return 2 * Layers.lnProduct(norms(context));
  }

  private double sumOfRatios(MeasureContext context, List<Double> squares) {
    List<Double> s = norms(context);
    double sum = 0;
    for (int i = 0; i < s.size(); i++) {
      sum += squares.get(i) / (s.get(i) * s.get(i));
    }
    return sum;
  }

  private MeasuredValue lnInitMain(MeasureContext context) {
    List<Double> squares = Distances.squares(context);
    return Layers.sum(squares) == 0
        ? Distances.NONE
        : MeasuredValue.exact(lnMain(context, squares));
  }

  private double lnMain(MeasureContext context, List<Double> squares) {
    return lnProduct(context)
        + StrictMath.log(sumOfRatios(context, squares))
        + Margins.lnInverseSquare(context.positiveMargin());
  }

  private double spectralDistance(MeasureContext context) {
    return norms.apply(context, context.displacementMatrices()).stream()
        .mapToDouble(s -> s * s)
        .sum();
  }
}
