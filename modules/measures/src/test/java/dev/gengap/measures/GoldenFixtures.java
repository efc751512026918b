package dev.gengap.measures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.safetensors.TensorExamples;
import dev.gengap.network.safetensors.WeightsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The networks of {@code golden}, and what their measures are. */
final class GoldenFixtures {
  private GoldenFixtures() {}

  /** The network {@code name} with its initial weights and its data. */
  static MeasuredSnapshot snapshot(String name) {
    return snapshot(name, Settings.STANDARD);
  }

  /** The same, measured with {@code settings}. */
  static MeasuredSnapshot snapshot(String name, Settings settings) {
    Path folder = folder(name);
    NetworkSpec network = NetworkLanguage.parse(folder.resolve("network.json"));
    return new MeasuredSnapshot(
        network,
        WeightsFile.load(folder.resolve("weights.safetensors"), network),
        Optional.of(WeightsFile.load(folder.resolve("init.safetensors"), network)),
        Optional.of(TensorExamples.load(folder.resolve("data.safetensors"), network)),
        Optional.empty(),
        1,
        settings);
  }

  /** A value, or one for each weight layer, by key. */
  static JsonNode expected(String name) {
    try {
      return new ObjectMapper().readTree(folder(name).resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String name) {
    return Path.of(URI.create(GoldenFixtures.class.getResource("/golden/" + name).toString()));
  }
}
