package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.Settings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three networks small enough to work out by hand; rows are output units, no biases. */
class HandComputedNetworksTest {
  private static final float[][][] G1 = {{{3, 0}, {4, 5}}, {{1, -2}}};
  private static final float[][][] G2 = {{{1, 2, -1}, {0, 1, 1}}, {{1, -1}, {2, 0}, {0, 3}}};
  private static final float[][][] G2_INITIAL = {
    {{.5f, 1, -.5f}, {0, .5f, 1}}, {{1, 0}, {1, 0}, {0, 1}}
  };
  private static final float[][][] G3 = {{{1, -2}, {3, 1}}, {{2, 0}, {1, 1}}, {{1, -1}, {0, 2}}};
  private static final float[][][] G3_RESCALED = {
    {{2, -4}, {1.5f, .5f}}, {{1, 0}, {.5f, 2}}, {{1, -1}, {0, 2}}
  };

  @ParameterizedTest
  @CsvSource({
    "parameters, 6",
    "weight_norm_sq, 55",
    "path1_sum, 21",
    "path2_sum, 173",
    "fro_over_spec, 2.1111111111111111",
  })
  void g1_values_matchThoseByHand(String key, double expected) {
    assertClose(scalar(SmallNetworks.snapshot(G1), key), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ln_frobenius_product, 250",
    "ln_spectral_product, 225",
    "ln_l1_inf_product, 729", // 27²
    "ln_path1_sum, 21",
    "ln_path2_sum, 173",
  })
  void g1_logarithms_matchThoseByHand(String key, double expected) {
    assertClose(Math.exp(scalar(SmallNetworks.snapshot(G1), key)), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "weight_norm_sq, 23",
    "path1_sum, 20",
    "path2_sum, 50",
    "fro_over_spec, 2.754518100615002",
    "bartlett_core, 21.601776579109035",
    "distance_from_init, 2.7838821814150108", // √7.75
    "train_error, .75",
    "cross_entropy, 4.202578926083387",
    "margin_p5, -10.725",
    "margin_p10, -9.45",
    "ln_spectral_product, 4.152010092358259",
    "ln_frobenius_product, 4.787491742782046",
    "ln_l1_inf_product, 4.969813299576001", // 2 ln 12
  })
  void g2_values_matchThoseByHand(String key, double expected) {
    assertClose(scalar(g2(), key), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "gradient_norm, 2.9485128898907442, 1e-9",
    "gradient_variance, 28.078137144251023, 1e-9",
    "fisher_rao, 154.71009131649686, 1e-9",
    "input_jacobian_sq_first100, 41, 1e-9",
    "sam_rho_0.05, 0.1482998151280146, 1e-9",
    "asam_rho_0.5, 2.112096807640423, 1e-9",
    "keskar_first_order_5e-4, 0.007589967113132277, 1e-9",
    "keskar_sharpness_5e-4, 0.007594457014557854, 1e-9", // the corner is the maximum here
    "keskar_phi_5e-4, 0.14597485444156683, 1e-9",
    "hessian_trace, 3.0265052, 1e-6",
    "hessian_lambda_max, 2.4148084, 1e-6",
  })
  void g2_derivatives_matchThoseByHand(String key, double expected, double tolerance) {
    assertThat(scalar(g2(), key)).isCloseTo(expected, within(tolerance * expected));
  }

  @ParameterizedTest
  @CsvSource({
    "path1_sum, 27",
    "path2_sum, 95",
    "fro_over_spec, 3.7634545153882066",
  })
  void g3_values_matchThoseByHand(String key, double expected) {
    assertClose(scalar(SmallNetworks.snapshot(G3), key), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ln_frobenius_product, 540, 708.75",
    "ln_spectral_product, 279.443996373809, 454.22904276268434",
    "ln_l1_inf_product, 256, 900", // 16², 30²
    "ln_path1_sum, 27, 27",
    "ln_path2_sum, 95, 95",
  })
  void g3_rescaledNodeWise_changesLayerNormsAndNoPathNorm(String key, double before, double after) {
    assertClose(Math.exp(scalar(SmallNetworks.snapshot(G3), key)), before);
    assertClose(Math.exp(scalar(SmallNetworks.snapshot(G3_RESCALED), key)), after);
  }

  @ParameterizedTest
  @CsvSource({
    // the values for G2 over γ² = 4, the margin of its one example
    "ln_l2_capacity, 1920",
    "ln_l1_path_capacity, 6400",
    "ln_l2_path_capacity, 4800",
    "ln_spectral_capacity, 381.3698204094813",
    "ln_frobenius_over_margin, 120",
    "ln_spectral_over_margin, 63.56163673491355",
    "ln_l1_inf_over_margin, 144",
    "ln_path1_over_margin, 400",
    "ln_path2_over_margin, 50",
  })
  void g2_capacities_matchThoseByHand(String key, double expected) {
    MeasuredSnapshot whole = g2();
    ArrayExamples third = new ArrayExamples(new float[][] {{1, 1, 1}}, new int[] {2});
    MeasuredSnapshot one =
        new MeasuredSnapshot(
            whole.network(),
            whole.weights(),
            Optional.empty(),
            Optional.of(third),
            Optional.empty(),
            1,
            Settings.STANDARD);
    assertClose(scalar(one, "margin_p5"), 2);
    assertClose(Math.exp(scalar(one, key)) * 4, expected);
  }

  @Test
  void percentile_tenMargins_isLinearlyInterpolated() {
    double[] sorted = {-.1, .2, .3, .5, .7, 1, 1.5, 2, 3, 4};
    assertClose(Margins.percentile(sorted, 5), .035);
    assertClose(Margins.percentile(sorted, 10), .17);
    assertClose(Margins.percentile(sorted, 100), 4);
  }

  private static MeasuredSnapshot g2() {
    ArrayExamples data =
        new ArrayExamples(
            new float[][] {{1, 0, .5f}, {0, 1, -.5f}, {1, 1, 1}, {-1, 1, 2}},
            new int[] {1, 2, 2, 0});
    return new MeasuredSnapshot(
        SmallNetworks.network(G2),
        SmallNetworks.weights(G2),
        Optional.of(SmallNetworks.weights(G2_INITIAL)),
        Optional.of(data),
        Optional.of(data),
        1,
        Settings.STANDARD);
  }

  @Test
  void g2_testSetThatIsTheTrainingSet_hasNoGap() {
    assertThat(scalar(g2(), "generalization_gap")).isZero();
    assertClose(scalar(g2(), "test_cross_entropy"), 4.202578926083387);
    assertThat(Catalogue.builtIn().named(List.of("error"))).hasSize(5);
  }

  private static void assertClose(double value, double expected) {
    assertThat(value).isCloseTo(expected, within(1e-9 * Math.abs(expected)));
  }
}
