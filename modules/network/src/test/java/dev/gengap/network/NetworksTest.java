package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.ParameterSpec.Role;
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

  @ParameterizedTest
  @CsvSource({
    "alexnet-small, 1387786, 0", // Zhang et al. 2017, table 1
    "inception-small, 1652826, 3424", // table 1 has 1,649,402: γ and β of 1,712 channels less
    "inception-small-no-bn, 1649402, 0", // Zhang et al. 2017, table 1
    "inception-v3, 23834568, 34432", // torchvision's 27,161,264 less its auxiliary classifier
    "lenet, 431080, 0", // Caffe's LeNet
    "mlp-1x512, 1209866, 0", // Zhang et al. 2017, table 1
    "mlp-3x512, 1735178, 0", // Zhang et al. 2017, table 1
    "mlp-2x8192, 86474762, 0", // (2352 + 1)·8192 + (8192 + 1)·8192 + (8192 + 1)·10
    "resnet-18, 11173962, 9600", // 4,800 channels of batch norm
    "vgg-small, 4957002, 3840", // 1,920 channels of batch norm
    "vgg-small-dropout, 4957002, 3840",
    "wrn-28-1, 369498, 1824", // Zhang's own reproduction of Zhang et al. 2017
  })
  void resolve_nameAlone_hasTheParametersAndStatisticsOfItsPaper(
      String name, long parameters, long statistics) {
    NetworkSpec network = Networks.resolve(name);
    assertThat(network.parameterCount()).isEqualTo(parameters);
    assertThat(network.tensors().stream().mapToLong(ParameterSpec::size).sum())
        .isEqualTo(parameters + statistics);
  }

  @Test
  void resolve_everyName_parsesBackFromItsCanonicalText() {
    for (String name : NamedNetworks.NAMES) {
      NetworkSpec network = Networks.resolve(name);
      assertThat(NetworkLanguage.parse(NetworkLanguage.render(network), name)).isEqualTo(network);
    }
  }

  @Test
  void resolve_inceptionSmall_halvesTwiceAndHasScalesApart() {
    NetworkSpec network = Networks.resolve("inception-small", CIFAR_CROPPED, 10);
    assertThat(network.shapeAfter(5)).containsExactly(160, 14, 14);
    assertThat(network.shapeAfter(12)).containsExactly(336, 7, 7);
    assertThat(
            network.parameters().stream()
                .filter(p -> p.role() == Role.WEIGHT || p.role() == Role.BIAS)
                .mapToLong(ParameterSpec::size)
                .sum())
        .isEqualTo(1_649_402);
    assertThat(network.tensors().stream().map(ParameterSpec::name))
        .contains("0.weight", "1.running_var", "3.1.0.weight", "5.0.1.bias", "15.bias");
  }

  @Test
  void resolve_otherChannelsAndClasses_areTaken() {
    NetworkSpec network = Networks.resolve("resnet-18", List.of(1, 32, 32), 7);
    assertThat(network.tensors().get(0).shape()).containsExactly(64, 1, 3, 3);
    assertThat(network.classes()).isEqualTo(7);
  }

  @Test
  void resolve_imagesItsPoolingIsNotMadeFor_areRefused() {
    assertThatThrownBy(() -> Networks.resolve("inception-small", List.of(3, 32, 32), 10))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "network inception-small: inputs of shape [3, 32, 32] (expected: images of 28 × 28,"
                + " which it is made for); crop or resize the images, or change its pooling in a"
                + " file of your own");
    assertThatThrownBy(() -> Networks.resolve("wrn-28-1", List.of(3072), 10))
        .hasMessageContaining("inputs of shape [3072] (expected: images of 32 × 32");
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
        .hasMessage(
            "network: mlp-1x (expected: a file, or one of alexnet-small, inception-small, inception-small-no-bn, "
                + "inception-v3, lenet, mlp-1x512, mlp-3x512, resnet-18, vgg-small, "
                + "vgg-small-dropout, wrn-28-1, mlp-DxW)");
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
        .isEqualTo(new ParameterSpec("3.weight", List.of(2, 4), 4, 2, Role.WEIGHT));
  }

  @Test
  void spec_layerThatDoesNotFit_isAUserError() {
    assertThatThrownBy(() -> new NetworkSpec(List.of(1, 2), 2, List.of(new Linear(2, true))))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("layers[0] linear input: [1, 2] (expected: a vector)");
  }
}
