package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.safetensors.TensorExamples;
import dev.gengap.network.safetensors.WeightsFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks whose measures were computed independently by PyTorch in double precision. */
class GoldenFixturesTest {
  private static final double TOLERANCE = 1e-5;

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
          "weight_norm_sq");

  private static final List<String> WITHOUT_FOLDING =
      List.of(
          "samples",
          "weight_layers",
          "layer_units",
          "train_error",
          "cross_entropy",
          "margin_p5",
          "margin_p10");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp-1x16",
        "mlp-1x16-random",
        "mlp-2x64",
        "mlp-3x20-nobias",
        "mlp-many-samples",
        "mlp-undertrained"
      })
  void measures_ofAFixture_matchTheReference(String name) throws IOException, URISyntaxException {
    JsonNode expected = expected(name);
    Map<String, Outcome> outcomes = outcomes(name);
    for (String key : KEYS) {
      MeasuredValue value = ((Outcome.Measured) outcomes.get(key)).value();
      if (expected.has(key)) {
        assertMatches(key, value, expected.get(key));
      } else {
        assertThat(value).as(key).isEqualTo(new MeasuredValue.NotApplicable("invalid margin"));
      }
    }
    assertThat(outcomes.get("test_error"))
        .isEqualTo(new Outcome.Measured(new MeasuredValue.NotApplicable("needs the test set")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv-pool", "conv-pool-random"})
  void measures_ofConvolutions_matchTheReferenceButForOperatorNorms(String name)
      throws IOException, URISyntaxException {
    JsonNode expected = expected(name);
    Map<String, Outcome> outcomes = outcomes(name);
    for (String key : KEYS) {
      MeasuredValue value = ((Outcome.Measured) outcomes.get(key)).value();
      if (key.contains("operator")) {
        assertThat(value)
            .as(key)
            .isEqualTo(new MeasuredValue.NotApplicable("needs the operator norms of convolutions"));
      } else {
        assertMatches(key, value, expected.get(key));
      }
    }
  }

  @Test
  void measures_withBatchNorm_giveWhatNeedsNoFolding() throws IOException, URISyntaxException {
    JsonNode expected = expected("conv-bn-strided");
    Map<String, Outcome> outcomes = outcomes("conv-bn-strided");
    for (String key : KEYS) {
      MeasuredValue value = ((Outcome.Measured) outcomes.get(key)).value();
      if (WITHOUT_FOLDING.contains(key)) {
        assertMatches(key, value, expected.get(key));
      } else {
        assertThat(value)
            .as(key)
            .isEqualTo(
                new MeasuredValue.NotApplicable(
                    "needs batch norm folded into the layer before it"));
      }
    }
  }

  private Map<String, Outcome> outcomes(String name) throws URISyntaxException {
    return SmallNetworks.outcomes(snapshot(folder(name)), Catalogue.all());
  }

  private JsonNode expected(String name) throws IOException, URISyntaxException {
    return new ObjectMapper().readTree(folder(name).resolve("expected.json").toFile());
  }

  private Path folder(String name) throws URISyntaxException {
    return Path.of(getClass().getResource("/golden/" + name).toURI());
  }

  private static MeasuredSnapshot snapshot(Path folder) {
    NetworkSpec network = NetworkLanguage.parse(folder.resolve("network.json"));
    return new MeasuredSnapshot(
        network,
        WeightsFile.load(folder.resolve("weights.safetensors"), network),
        Optional.of(WeightsFile.load(folder.resolve("init.safetensors"), network)),
        Optional.of(TensorExamples.load(folder.resolve("data.safetensors"), network)),
        Optional.empty(),
        1);
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

  private static void assertClose(String key, double value, double expected) {
    assertThat(value).as(key).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
  }
}
