package dev.gengap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.experiment.file.ExperimentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInTest {
  @TempDir Path folder;

  private final Environment environment =
      new Environment(
          TestEnvironment.PROJECT.resolve("config"),
          new BuiltInData(Optional.empty()),
          new BuiltInNetworks(),
          TestEnvironment.ofShippedFiles().measures(),
          List.of("nd4j"));

  @ParameterizedTest
  @ValueSource(strings = {"quickstart.conf", "experiments/zhang-mlp-cifar10.conf"})
  void load_shippedFile_hasRuns(String file) {
    Path path = environment.configFolder().resolve(file);

    assertThat(ExperimentFile.load(path, environment).runs()).isNotEmpty();
  }

  @Test
  void load_inlineNetwork_takesItsInputFromTheData() throws IOException {
    Experiment experiment =
        load("network { layers = [{type = flatten}, {type = linear, out = 10}] }");

    assertThat(experiment.runs().get(0).config().network().spec().input())
        .containsExactly(1, 28, 28);
  }

  @Test
  void load_inlineNetworkThatDoesNotFit_isNamedWithItsLine() {
    assertThatThrownBy(
            () -> load("\nnetwork { layers = [{type = flatten}, {type = linear, out = 9}] }"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder.resolve("a.conf") + ":2: network layers[1]");
  }

  @Test
  void load_networkFile_isBesideTheExperiment() throws IOException {
    Files.writeString(
        folder.resolve("net.conf"),
        "input = [1, 28, 28], classes = 10, layers = [{type = flatten}, {type = linear, out = 10}]");

    assertThat(load("network = net.conf").runs().get(0).config().network().spec().parameterCount())
        .isEqualTo(7850);
  }

  @Test
  void load_unknownNetwork_isNamedWithItsLine() {
    assertThatThrownBy(() -> load("network = resnet"))
        .hasMessageStartingWith(folder.resolve("a.conf") + ":1: network: resnet (expected: ");
  }

  private Experiment load(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), text);
    return ExperimentFile.load(file, environment);
  }
}
