package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Setting;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distribution of margins over ∏ s_i, the product of the layers' spectral norms, and of those
 * over the norms of their inputs too (Bartlett et al. 2017).
 */
final class NormalisedMargins {
  private static final int[] PERCENTS = {5, 10, 25, 50, 75, 90};

  private static final String INPUT_NORM = "input_norm";

  private NormalisedMargins() {}

  static List<Measure> measures() {
    return Definition.joined(
        IntStream.of(PERCENTS).mapToObj(NormalisedMargins::percentile).toList(),
        IntStream.of(PERCENTS).mapToObj(NormalisedMargins::overInputs).toList());
  }

  private static Measure percentile(int percent) {
    return define("margin_over_spectral_p", "∏ s_i", percent)
        .convention(INPUT_NORM, "left out")
        .exact(
            c ->
                c.marginPercentile(percent) * StrictMath.exp(-Layers.lnProduct(c.spectralNorms())));
  }

  private static Measure overInputs(int percent) {
    return define("margin_over_spectral_input_p", "(‖x‖_2 ∏ s_i)", percent)
        .needs(Need.TRAIN_INPUTS)
        .setting(Setting.EXAMPLES)
        .convention(INPUT_NORM, "ℓ2 of each input")
        .value(context -> InputMargins.overSpectral(context, percent));
  }

  private static Definition define(String key, String divisor, int percent) {
    return Definition.ofWeights(
            key + percent,
            percent + "th percentile of (f(x)[y] − max_{j≠y} f(x)[j]) / " + divisor,
            Sources.BARTLETT_2017)
        .needs(Need.TRAIN_OUTPUTS)
        .convention("spectral_norm", SpectralNorms.RESHAPED)
        .convention("margin_percentile", Integer.toString(percent))
        .convention("percentile_method", "linear");
  }
}
