package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.reason;
import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.Weights;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue of Jiang et al. 2020, and bounds, on a network worked out independently. */
class JiangMeasuresTest {
  private static final float[][][] WEIGHTS = {{{1, 2, -1}, {0, 1, 1}}, {{1, -1}, {2, 0}, {0, 3}}};
  private static final float[][][] INITIAL = {
    {{.5f, 1, -.5f}, {0, .5f, 1}}, {{1, 0}, {1, 0}, {0, 1}}
  };

  @ParameterizedTest
  @CsvSource({
    "weight_norm_sq, 23",
    "ln_spectral_product, 4.152010092358259",
    "ln_spectral_over_margin, 2.765715731238368",
    "ln_spec_init_main, 2.6256360057930457",
    "fro_over_spec, 2.754518100615002",
    "ln_spec_orig_main, 3.778958240436212",
    "ln_sum_of_spec, 2.7691522267390747",
    "ln_sum_of_spec_over_margin, 2.0760050461791293",
    "ln_frobenius_product, 4.787491742782046",
    "ln_frobenius_over_margin, 3.401197381662155",
    "ln_sum_of_fro, 3.0868930519509683",
    "path2_sum, 50",
    "inverse_margin, .25",
    "fro_dist, 7.75",
    "dist_spec_init, 6.675390529679107",
    "weight_norm, 4.795831523312719", // √23
    "weight_count, 12",
    // no convolutions: the same by Fourier transform
    "ln_spectral_product_fft, 4.152010092358259",
    "ln_spectral_over_margin_fft, 2.765715731238368",
    "fro_over_spec_fft, 2.754518100615002",
    "ln_spec_init_main_fft, 2.6256360057930457",
    "dist_spec_init_fft, 6.675390529679107",
  })
  void jiang_rawValues_matchThoseByHand(String key, double expected) {
    assertClose(scalar(snapshot(INITIAL), key), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ln_trace_norm_product, 6.050592137969271",
    "ln_schatten_1.5_product, 5.189735596271634",
    "ln_l3_1.5_product, 5.021014292464294",
    "path1.5_sum, 30.877586219651832",
    "ln_bound_l1_inf, 1.6640894698929691",
    "ln_bound_frobenius, 1.572928691495992",
    "ln_bound_l3_1.5, 1.9207390265237638",
    "ln_bound_bartlett, 2.9233505525643952",
    "ln_bound_neyshabur_2018, 1.805199639113597",
    "ln_spec_init, 13.795291257195705",
    "ln_spec_orig, 14.948612726744795",
    "ln_lipschitz_l2_upper, 2.0760050461791297",
    "ln_lipschitz_linf_upper, 2.4849066497880004",
    "ln_certified_radius_l2, -1.729431455899157",
    "vc_dimension, 184.34646827491906",
    "vc_bound, 8.895332057328389",
    "vc_dimension_jiang, 4180.92162217756",
    "margin_over_spectral_p5, 0.2508606017552669", // 2 / ∏ s_i
    "robustness_log10_cells, 3.4771212547196626", // 3 · 1 + log10 3
  })
  void others_values_matchThoseByHand(String key, double expected) {
    assertClose(scalar(snapshot(INITIAL), key), expected);
  }

  @ParameterizedTest
  @CsvSource({"ln_spec_init_main", "ln_spec_init", "ln_bound_bartlett", "ln_bound_neyshabur_2018"})
  void logarithmsOfADistance_atTheInitialWeights_doNotApply(String key) {
    assertThat(reason(snapshot(WEIGHTS), key)).isEqualTo("the weights are the initial ones");
    assertThat(scalar(snapshot(WEIGHTS), "dist_spec_init")).isZero();
  }

  @Test
  void negEntropy_fourExamples_isTheMeanOfTheirs() {
    ArrayExamples data =
        new ArrayExamples(
            new float[][] {{1, 0, .5f}, {0, 1, -.5f}, {1, 1, 1}, {-1, 1, 2}},
            new int[] {1, 2, 2, 0});
    assertClose(scalar(snapshot(INITIAL, data), "neg_entropy"), -0.41182430777522894);
  }

  /** Four times an example of margin 2. */
  private static MeasuredSnapshot snapshot(float[][][] initial) {
    float[] third = {1, 1, 1};
    return snapshot(
        initial,
        new ArrayExamples(new float[][] {third, third, third, third}, new int[] {2, 2, 2, 2}));
  }

  private static MeasuredSnapshot snapshot(float[][][] initial, ArrayExamples data) {
    Weights first = SmallNetworks.weights(initial);
    return new MeasuredSnapshot(
        SmallNetworks.network(WEIGHTS),
        SmallNetworks.weights(WEIGHTS),
        Optional.of(first),
        Optional.of(data),
        Optional.empty(),
        1,
        Settings.STANDARD);
  }

  private static void assertClose(double value, double expected) {
    assertThat(value).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
  }
}
