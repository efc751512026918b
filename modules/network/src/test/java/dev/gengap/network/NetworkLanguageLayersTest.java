package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Concat;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.Extent;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.Gelu;
import dev.gengap.network.layer.LayerNorm;
import dev.gengap.network.layer.LeakyRelu;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.LocalResponseNorm;
import dev.gengap.network.layer.MaxPool2d;
import dev.gengap.network.layer.Padding;
import dev.gengap.network.layer.Relu;
import dev.gengap.network.layer.Tanh;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkLanguageLayersTest {
  private static final String EVERY_LAYER =
      """
      input = [3, 8, 8], classes = 4
      layers = [
        {type = conv2d, out = 6, kernel = 3}
        {type = batch_norm}
        {type = leaky_relu}
        {type = conv2d, out = 6, kernel = [3, 1], stride = [1, 2], padding = [1, 0], bias = false}
        {type = local_response_norm, size = 5}
        {type = max_pool2d, kernel = [2, 1]}
        {type = layer_norm}
        {type = add, paths = [[{type = conv2d, out = 6, kernel = 3, padding = same}], []]}
        {type = concat, paths = [[{type = gelu}], [{type = tanh}, {type = relu}]]}
        {type = avg_pool2d, kernel = 3, stride = 2, padding = 1}
        {type = flatten}
        {type = dropout}
        {type = linear, out = 4}
      ]
      """;

  @Test
  void parse_everyLayer_hasPyTorchsDefaults() {
    Extent one = Extent.square(1);
    Extent three = Extent.square(3);
    Extent pool = new Extent(2, 1);
    assertThat(NetworkLanguage.parse(EVERY_LAYER, "a.conf").layers())
        .containsExactly(
            new Conv2d(6, three, one, Padding.NONE, true),
            new BatchNorm(1e-5, 0.1),
            new LeakyRelu(0.01),
            new Conv2d(
                6, new Extent(3, 1), new Extent(1, 2), new Padding.Fixed(new Extent(1, 0)), false),
            new LocalResponseNorm(5, 1e-4, 0.75, 1),
            new MaxPool2d(pool, pool, Padding.NONE),
            new LayerNorm(1e-5),
            new Add(
                List.of(List.of(new Conv2d(6, three, one, new Padding.Same(), true)), List.of())),
            new Concat(List.of(List.of(new Gelu()), List.of(new Tanh(), new Relu()))),
            new AvgPool2d(three, Extent.square(2), new Padding.Fixed(one)),
            new Flatten(),
            new Dropout(0.5),
            new Linear(4, true));
  }

  @Test
  void render_everyLayer_namesEveryOption() {
    NetworkSpec network = NetworkLanguage.parse(EVERY_LAYER, "a.conf");
    String text = NetworkLanguage.render(network);
    assertThat(NetworkLanguage.parse(text, "again")).isEqualTo(network);
    assertThat(text)
        .contains(
            "{\"type\":\"conv2d\",\"out\":6,\"kernel\":[3,1],\"stride\":[1,2],"
                + "\"padding\":[1,0],\"bias\":false}",
            "{\"type\":\"batch_norm\",\"epsilon\":1.0E-5,\"momentum\":0.1}",
            "{\"type\":\"local_response_norm\",\"size\":5,\"alpha\":1.0E-4,\"beta\":0.75,\"k\":1.0}",
            "{\"type\":\"add\",\"paths\":[[{\"type\":\"conv2d\",\"out\":6,\"kernel\":3,"
                + "\"stride\":1,\"padding\":\"same\",\"bias\":true}],[]]}");
  }

  @Test
  void parse_definitions_areReplacedAndNotKept() {
    NetworkSpec network =
        NetworkLanguage.parse(
            """
            input = [1, 4, 4], classes = 2
            let {
              conv = {type = conv2d, kernel = 3, padding = 1}
              block = [${let.conv} {out = 8}, {type = relu}]
            }
            layers = ${let.block} ${let.block} [{type = flatten}, {type = linear, out = ${classes}}]
            """,
            "a.conf");
    assertThat(network.layers()).hasSize(6);
    assertThat(network.layers().get(2)).isEqualTo(network.layers().get(0));
    assertThat(NetworkLanguage.render(network)).doesNotContain("let");
  }

  @Test
  void parse_includeOfANamedNetwork_mayChangeItsDefinitions() {
    NetworkSpec network =
        NetworkLanguage.parse("include \"vgg-small\"\nlet.after = [{type = relu}]", "a.conf");
    assertThat(network.parameterCount()).isEqualTo(4_957_002 - 2 * 1_920);
  }

  @Test
  void parse_includeOfAFile_isRefused() {
    for (String what : List.of("\"other.conf\"", "file(\"/etc/hosts\")", "classpath(\"a\")")) {
      assertThatThrownBy(() -> NetworkLanguage.parse("include " + what, "a.conf"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("a.conf: include: ")
          .hasMessageContaining("(expected: a named network, one of alexnet-small, ");
    }
  }

  @Test
  void parse_mistakesWithinPaths_areAllReportedWithTheirPlaces() {
    String text =
        """
        input = [3, 8, 8], classes = 2
        let = 3
        layers = [
          {type = conv2d, out = 2, kernel = [3, 0], stride = 1.5, padding = valid}
          {type = concat, paths = [
            [{type = dropout, p = 1}, {type = relu}]
            [{type = batch_norm, epsilon = 0, momentum = 2}, relu]
            {type = relu}
          ]}
          {type = add, paths = []}
          {type = max_pool2d}
        ]
        """;
    assertThatThrownBy(() -> NetworkLanguage.parse(text, "a.conf"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            """
            a.conf:2: let: 3 (expected: an object of definitions)
            a.conf:4: layers[0].kernel: [3,0] (expected: a whole number in 1 … 65535, or two as [height, width])
            a.conf:4: layers[0].stride: 1.5 (expected: a whole number in 1 … 65535, or two as [height, width])
            a.conf:4: layers[0].padding: "valid" (expected: same, a whole number in 0 … 65535, or two as [height, width])
            a.conf:7: layers[1].paths[1][1]: "relu" (expected: a layer such as {type = relu})
            a.conf:8: layers[1].paths[2]: {"type":"relu"} (expected: a list of layers, or [])
            a.conf:6: layers[1].paths[0][0].p: 1 (expected: a number, at least 0 and below 1)
            a.conf:7: layers[1].paths[1][0].epsilon: 0 (expected: a number > 0)
            a.conf:7: layers[1].paths[1][0].momentum: 2 (expected: a number in 0 … 1)
            a.conf:10: layers[2].paths: [] (expected: a list of lists of layers, at least one)
            a.conf:11: layers[3].kernel: missing (expected: a whole number in 1 … 65535, or two as [height, width])""");
  }

  @Test
  void parse_shapeThatDoesNotFitWithinAPath_saysItsLineAndPath() {
    String text =
        """
        input = [3, 8, 8], classes = 2
        layers = [
          {type = add, paths = [
            []
            [
              {type = relu}
              {type = linear, out = 2}
            ]
          ]}
        ]
        """;
    assertThatThrownBy(() -> NetworkLanguage.parse(text, "a.conf"))
        .hasMessage(
            "a.conf:7: layers[0].paths[1][1] linear input: [3, 8, 8] (expected: a vector); "
                + "put {type = flatten} before it");
  }
}
