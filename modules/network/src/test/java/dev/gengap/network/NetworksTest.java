package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {
  private static final List<Integer> CIFAR_CROPPED = List.of(3, 28, 28);

  @ParameterizedTest
  @CsvSource({
    "mlp-1x512, 1209866", // Zhang et al. 2017, table 1
    "mlp-3x512, 1735178", // Zhang et al. 2017, table 1
    "mlp-2x64, 155402", // (2352 + 1)·64 + (64 + 1)·64 + (64 + 1)·10
  })
  void resolve_namedNetwork_hasThePapersParameters(String name, long parameters) {
    assertThat(Networks.resolve(name, CIFAR_CROPPED, 10).parameterCount()).isEqualTo(parameters);
  }

  @Test
  void resolve_namedFile_isTheMemberOfItsFamily() {
    NetworkSpec named = Networks.resolve("mlp-3x512", CIFAR_CROPPED, 10);
    assertThat(named.layers()).hasSize(8);
    assertThat(named.parameters().stream().map(ParameterSpec::name))
        .containsExactly(
            "1.weight", "1.bias", "3.weight", "3.bias", "5.weight", "5.bias", "7.weight", "7.bias");
    assertThat(named.parameters().get(6).shape()).containsExactly(10, 512);
  }

  @Test
  void resolve_otherData_takesItsShapeAndClasses() {
    NetworkSpec network = Networks.resolve("mlp-1x512", List.of(7), 3);
    assertThat(network.input()).containsExactly(7);
    assertThat(network.classes()).isEqualTo(3);
  }

  @Test
  void resolve_unknownName_saysWhatThereIs() {
    assertThatThrownBy(() -> Networks.resolve("mlp-1x", CIFAR_CROPPED, 10))
        .isInstanceOf(UserError.class)
        .hasMessage("network: mlp-1x (expected: a file, or one of mlp-1x512, mlp-3x512, mlp-DxW)");
  }

  @Test
  void resolve_fileForOtherData_isRefused(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("net.conf"),
            "input = [4], classes = 2, layers = [{type = linear, out = 2}]");
    assertThat(Networks.resolve(file.toString(), List.of(1, 2, 2), 2).features()).isEqualTo(4);
    assertThatThrownBy(() -> Networks.resolve(file.toString(), List.of(5), 3))
        .hasMessage(
            file
                + ": input: [4] (expected: [5], the shape of the data)\n"
                + file
                + ": classes: 2 (expected: 3, the classes of the data)");
  }

  @Test
  void spec_parametersAndShapes_followTheLayers() {
    NetworkSpec network = Networks.resolve("mlp-1x4", List.of(1, 2, 3), 2);
    assertThat(network.shapeBefore(1)).containsExactly(6);
    assertThat(network.shapeAfter(3)).containsExactly(2);
    assertThat(network.parameters().get(2))
        .isEqualTo(new ParameterSpec("3.weight", List.of(2, 4), 4, 2, ParameterSpec.Role.WEIGHT));
  }

  @Test
  void spec_layerThatDoesNotFit_isAUserError() {
    assertThatThrownBy(
            () -> new NetworkSpec(List.of(1, 2), 2, List.of(new LayerSpec.Linear(2, true))))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("layers[0] linear input: [1, 2] (expected: a vector)");
  }
}
