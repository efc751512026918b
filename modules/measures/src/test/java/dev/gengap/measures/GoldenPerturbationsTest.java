package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gengap.compute.Backend;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sampled measures of networks for which PyTorch sampled them independently. */
class GoldenPerturbationsTest {
  private static final List<String> EXACT =
      List.of("kl_zero_prior", "kl_init_prior", "kl_neyshabur_alpha_0.01");
  private static final List<String> SAMPLED = List.of("expected_sharpness", "gibbs_error");

  @ParameterizedTest
  @CsvSource({
    "mlp-1x16, 100",
    "mlp-1x16-random, 100",
    "mlp-2x64, 100",
    "mlp-3x20-nobias, 100",
    "mlp-many-samples, 2000",
    "mlp-undertrained, 100",
    "conv-pool, 100",
    "conv-pool-random, 100"
  })
  void measures_ofAFixture_matchTheReference(String name, double samples) {
    JsonNode expected = GoldenFixtures.expected(name);
    double sigma = expected.get("sigma").doubleValue();
    Settings settings = new Settings(Map.of(Setting.SIGMA, sigma, Setting.SAMPLES, samples));
    Map<String, Outcome> outcomes = outcomes(GoldenFixtures.snapshot(name, settings));
    for (String key : EXACT) {
      assertClose(key, scalar(outcomes.get(key)), expected, 1e-5);
    }
    for (String key : SAMPLED) {
      assertWithinFourErrors(key, scalar(outcomes.get(key)), expected);
    }
    for (String prior : List.of("_zero_prior", "_init_prior")) {
      for (String bound : List.of("strong", "weak", "mcallester", "kl_inverse")) {
        String key = "pac_bayes_" + bound + prior;
        assertClose(key, scalar(outcomes.get(key)), expected, 0.02);
      }
    }
  }

  private static Map<String, Outcome> outcomes(MeasuredSnapshot snapshot) {
    List<String> keys =
        List.of("expected_sharpness", "gibbs_error", "kl_neyshabur_alpha_0.01", "pac-bayes");
    try (Backend backend = Nd4jBackend.create(1)) {
      return SmallNetworks.outcomes(snapshot, Catalogue.builtIn().named(keys), backend);
    }
  }

  private static MeasuredValue.Scalar scalar(Outcome outcome) {
    return (MeasuredValue.Scalar) ((Outcome.Measured) outcome).value();
  }

  private static void assertClose(
      String key, MeasuredValue.Scalar value, JsonNode expected, double tolerance) {
    double reference = expected.get(key).doubleValue();
    assertThat(value.value()).as(key).isCloseTo(reference, within(tolerance * reference));
  }

  private static void assertWithinFourErrors(
      String key, MeasuredValue.Scalar value, JsonNode expected) {
    double ours = value.standardError().orElseThrow();
    double theirs = expected.get(key + "_se").doubleValue();
    assertThat(value.value())
        .as(key)
        .isCloseTo(expected.get(key).doubleValue(), within(4 * Math.hypot(ours, theirs)));
  }
}
