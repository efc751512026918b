package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gengap.compute.Backend;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.measures.api.MeasuredValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks whose measures were computed independently by PyTorch in double precision. */
class GoldenFixturesTest {
  private static final double TOLERANCE = 1e-5;
  private static final double HESSIAN_TOLERANCE = 5e-6;

  private static final List<String> KEYS =
      List.of(
          "samples",
          "weight_layers",
          "parameters",
          "layer_units",
          "train_error",
          "cross_entropy",
          "margin_p5",
          "margin_p10",
          "layer_frobenius_sq",
          "layer_spectral",
          "layer_operator",
          "layer_l1_inf",
          "layer_distance_sq",
          "path1_sum",
          "path2_sum",
          "ln_frobenius_product",
          "ln_spectral_product",
          "ln_operator_product",
          "ln_l1_inf_product",
          "ln_l2_capacity",
          "ln_l1_path_capacity",
          "ln_l2_path_capacity",
          "ln_spectral_capacity",
          "fro_over_spec",
          "bartlett_core",
          "spec_fro_core",
          "distance_from_init",
          "weight_norm_sq",
          "gradient_norm",
          "gradient_variance",
          "fisher_rao",
          "input_jacobian_sq_first100",
          "keskar_first_order_5e-4",
          "sam_rho_0.05",
          "hessian_trace",
          "hessian_lambda_max");

  /** Of the largest fixture, of whose values there is no reference. */
  private static final String WITHOUT_HESSIAN = "mlp-2x64";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv-bn-strided",
        "conv-bn-strided-random",
        "conv-pool",
        "conv-pool-random",
        "inception-bn",
        "mlp-1x16",
        "mlp-1x16-random",
        "mlp-2x64",
        "mlp-3x20-nobias",
        "mlp-many-samples",
        "mlp-undertrained"
      })
  void measures_ofAFixture_matchTheReference(String name) {
    JsonNode expected = GoldenFixtures.expected(name);
    Map<String, Outcome> outcomes = outcomes(name);
    for (String key : KEYS) {
      MeasuredValue value = ((Outcome.Measured) outcomes.get(key)).value();
      if (name.equals(WITHOUT_HESSIAN) && isOfHessian(key)) {
        continue;
      }
      if (expected.has(key)) {
        assertMatches(key, value, expected.get(key));
      } else {
        assertThat(value).as(key).isEqualTo(new MeasuredValue.NotApplicable("invalid margin"));
      }
    }
    assertThat(outcomes.get("test_error"))
        .isEqualTo(new Outcome.Measured(new MeasuredValue.NotApplicable("needs the test set")));
  }

  private static List<String> withTestError() {
    return Stream.concat(KEYS.stream(), Stream.of("test_error")).toList();
  }

  private static Map<String, Outcome> outcomes(String name) {
    try (Backend backend = Nd4jBackend.create(1)) {
      return SmallNetworks.outcomes(
          GoldenFixtures.snapshot(name), Catalogue.builtIn().named(withTestError()), backend);
    }
  }

  private static void assertMatches(String key, MeasuredValue value, JsonNode expected) {
    if (value instanceof MeasuredValue.Scalar scalar) {
      assertClose(key, scalar.value(), expected.doubleValue());
      assertThat(scalar.standardError()).isEmpty();
      return;
    }
    assertThat(value).as(key).isInstanceOf(MeasuredValue.PerLayer.class);
    List<Double> values = ((MeasuredValue.PerLayer) value).values();
    assertThat(values).as(key).hasSize(expected.size());
    for (int i = 0; i < values.size(); i++) {
      assertClose(key + "[" + i + "]", values.get(i), expected.get(i).doubleValue());
    }
  }

  private static boolean isOfHessian(String key) {
    return key.startsWith("hessian");
  }

  private static void assertClose(String key, double value, double expected) {
    double tolerance = isOfHessian(key) ? HESSIAN_TOLERANCE : TOLERANCE;
    assertThat(value).as(key).isCloseTo(expected, within(tolerance * Math.abs(expected)));
  }
}
