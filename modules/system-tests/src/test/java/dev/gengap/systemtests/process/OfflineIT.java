package dev.gengap.systemtests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.safetensors.WeightsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures and training from files, against values computed independently in float64. */
class OfflineIT {
  private static final double MEASURE_TOLERANCE = 1e-5;

  /** Of the distance the reference moved from its initialisation. */
  private static final double TRAINING_TOLERANCE = 2e-3;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The last key of the references that these measures cover. */
  private static final String LAST_KEY = "weight_norm_sq";

  @TempDir private Path folder;

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
  void measure_ofAFixture_printsTheReferenceValues(String fixture) throws IOException {
    Path golden = GoldenFiles.measures(fixture);

    JsonNode measurements = measurements(golden);

    JsonNode expected = JSON.readTree(golden.resolve("expected.json").toFile());
    List<String> keys = new ArrayList<>();
    expected.fieldNames().forEachRemaining(keys::add);
    for (String key : keys.subList(0, keys.indexOf(LAST_KEY) + 1)) {
      assertClose(key, measurements.path(key).path("value"), expected.get(key));
    }
  }

  @Test
  void measure_withoutAMargin_hasAReasonInsteadOfANumber() throws IOException {
    JsonNode measurements = measurements(GoldenFiles.measures("mlp-undertrained"));

    for (String key : List.of("ln_l2_capacity", "ln_spectral_capacity", "ln_l1_path_capacity")) {
      assertThat(measurements.path(key).path("reason").asText())
          .as(key)
          .isEqualTo("invalid margin");
      assertThat(measurements.path(key).has("value")).as(key).isFalse();
    }
  }

  @Test
  void train_ofTheFixture_landsOnItsWeights() throws IOException {
    Path golden = GoldenFiles.training("mlp-2x32");
    JsonNode training = JSON.readTree(golden.resolve("training.json").toFile());

    Result result =
        new Gengap(folder)
            .run(
                "train",
                "--network",
                file(golden, "network.json"),
                "--init",
                file(golden, "init.safetensors"),
                "--data",
                file(golden, "data.safetensors"),
                "--batch-size",
                training.get("batch").asText(),
                "--steps",
                training.get("steps").asText(),
                "--learning-rate",
                training.get("learning_rate").asText(),
                "--momentum",
                training.get("momentum").asText(),
                "--weight-decay",
                training.get("weight_decay").asText(),
                "--out",
                "trained.safetensors",
                "--json");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    JsonNode losses = JSON.readTree(result.out()).get("losses");
    assertThat(losses).hasSameSizeAs(training.get("losses"));
    for (int step = 0; step < losses.size(); step++) {
      assertThat(losses.get(step).asDouble())
          .isCloseTo(training.get("losses").get(step).asDouble(), withinPercentage(0.01));
    }
    NetworkSpec network = NetworkLanguage.parse(golden.resolve("network.json"));
    Weights init = WeightsFile.load(golden.resolve("init.safetensors"), network);
    Weights expected = WeightsFile.load(golden.resolve("trained.safetensors"), network);
    Weights trained = WeightsFile.load(folder.resolve("trained.safetensors"), network);
    for (String name : expected.tensors().keySet()) {
      assertThat(distance(trained, expected, name))
          .as(name)
          .isLessThan(TRAINING_TOLERANCE * distance(init, expected, name));
    }
  }

  private JsonNode measurements(Path golden) throws IOException {
    Result result =
        new Gengap(folder)
            .run(
                "measure",
                "--network",
                file(golden, "network.json"),
                "--weights",
                file(golden, "weights.safetensors"),
                "--init",
                file(golden, "init.safetensors"),
                "--data",
                file(golden, "data.safetensors"),
                "--json");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return JSON.readTree(result.out()).get("measurements");
  }

  private static String file(Path golden, String name) {
    return golden.resolve(name).toString();
  }

  private static void assertClose(String key, JsonNode value, JsonNode expected) {
    if (expected.isArray()) {
      assertThat(value).as(key).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertClose(key + "[" + i + "]", value.get(i), expected.get(i));
      }
      return;
    }
    assertThat(value.isNumber()).as(key + " is a number: " + value).isTrue();
    assertThat(value.doubleValue())
        .as(key)
        .isCloseTo(
            expected.doubleValue(), within(MEASURE_TOLERANCE * Math.abs(expected.doubleValue())));
  }

  private static double distance(Weights a, Weights b, String name) {
    float[] left = a.get(name).values();
    float[] right = b.get(name).values();
    double squares = 0;
    for (int i = 0; i < left.length; i++) {
      squares += Math.pow((double) left[i] - right[i], 2);
    }
    return Math.sqrt(squares);
  }
}
