package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Relu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkLanguageTest {
  private static final String SMALL =
      """
      input = [1, 2, 3], classes = 4
      layers = [
        {type = flatten}
        {type = linear, out = 5, bias = false}
        {type = relu}
        {type = linear, out = 4}
      ]
      """;

  @Test
  void parse_hocon_givesLayersWithDefaults() {
    assertThat(NetworkLanguage.parse(SMALL, "a.conf"))
        .isEqualTo(
            new NetworkSpec(
                List.of(1, 2, 3),
                4,
                List.of(new Flatten(), new Linear(5, false), new Relu(), new Linear(4, true))));
  }

  @Test
  void render_anyNetwork_isCanonicalJsonThatParsesBack() {
    NetworkSpec network = NetworkLanguage.parse(SMALL, "a.conf");
    String text = NetworkLanguage.render(network);
    assertThat(text)
        .isEqualTo(
            "{\"input\":[1,2,3],\"classes\":4,\"layers\":[{\"type\":\"flatten\"},"
                + "{\"type\":\"linear\",\"out\":5,\"bias\":false},{\"type\":\"relu\"},"
                + "{\"type\":\"linear\",\"out\":4,\"bias\":true}]}");
    assertThat(NetworkLanguage.parse(text, "again")).isEqualTo(network);
  }

  @Test
  void parse_manyMistakes_reportsAllWithTheirLines() {
    String text =
        """
        input = [3, 0, "x"]
        depth = 2
        layers = [
          {type = linear}
          {type = linaer, out = 4}
          {type = linear, out = 2.5, bias = yes}
          {type = relu, slope = 0.1}
          relu
        ]
        """;
    assertThatThrownBy(() -> NetworkLanguage.parse(text, "a.conf"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            """
            a.conf:1: input[1]: 0 (expected: a whole number ≥ 1)
            a.conf:1: input[2]: "x" (expected: a whole number ≥ 1)
            a.conf:1: classes: missing (expected: a whole number ≥ 1)
            a.conf:8: layers[4]: "relu" (expected: a layer such as {type = relu})
            a.conf:4: layers[0].out: missing (expected: a whole number ≥ 1)
            a.conf:5: layers[1].type: "linaer" (expected: one of add, avg_pool2d, batch_norm, concat, conv2d, dropout, flatten, gelu, layer_norm, leaky_relu, linear, local_response_norm, max_pool2d, relu, tanh)
            a.conf:6: layers[2].out: 2.5 (expected: a whole number ≥ 1)
            a.conf:6: layers[2].bias: "yes" (expected: true or false)
            a.conf:7: layers[3].slope: 0.1 (expected: one of the keys type)
            a.conf:2: depth: 2 (expected: one of the keys input, classes, let, layers)""");
  }

  @Test
  void parse_linearOnAnImage_saysLineLayerAndRemedy() {
    String text =
        """
        input = [3, 2, 2]
        classes = 2
        layers = [
          {type = relu}
          {type = linear, out = 2}
        ]
        """;
    assertThatThrownBy(() -> NetworkLanguage.parse(text, "a.conf"))
        .hasMessage(
            "a.conf:5: layers[1] linear input: [3, 2, 2] (expected: a vector); "
                + "put {type = flatten} before it");
  }

  @Test
  void parse_lastLayerOfWrongSize_isRefused() {
    String text = "input = [2], classes = 3\nlayers = [{type = linear, out = 2}]";
    assertThatThrownBy(() -> NetworkLanguage.parse(text, "a.conf"))
        .hasMessage("a.conf:2: layers[0] output: [2] (expected: [3], one number for each class)");
  }

  @Test
  void parse_weightBeyondAnArray_isRefused() {
    String text = "input = [100000], classes = 3\nlayers = [{type = linear, out = 100000}]";
    assertThatThrownBy(() -> NetworkLanguage.parse(text, "a.conf"))
        .hasMessageContaining("a.conf:2: layers[0] linear weight: [100000, 100000]");
  }

  @Test
  void parse_brokenSyntax_saysTheLine() {
    assertThatThrownBy(() -> NetworkLanguage.parse("input = [2]\nlayers = [", "a.conf"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("a.conf:2: network: ");
  }

  @Test
  void parse_unknownSubstitution_neverReadsTheEnvironment() {
    assertThatThrownBy(() -> NetworkLanguage.parse("input = [${PATH}]", "a.conf"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("a.conf:1: network: ");
  }

  @Test
  void parse_missingFile_isAUserError(@TempDir Path folder) {
    assertThatThrownBy(() -> NetworkLanguage.parse(folder.resolve("none.conf")))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith(
            "none.conf: network: no such file (expected: one in the network language)");
  }

  @Test
  void parse_file_namesItInProblems(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("net.json"), "{\"input\": [1],\n\"layer\": 1}");
    assertThatThrownBy(() -> NetworkLanguage.parse(file))
        .hasMessageContaining(file + ":2: layer: 1 (expected: one of the keys");
  }
}
