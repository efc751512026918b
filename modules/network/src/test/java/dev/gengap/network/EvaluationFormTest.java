package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.network.layer.ParameterSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationFormTest {
  private static final String CONV = "{type = conv2d, out = 2, kernel = 3, padding = 1}";
  private static final String NORM = "{type = batch_norm}";
  private static final String HEAD = "{type = flatten}, {type = linear, out = 2}";

  @Test
  void fold_linearThenBatchNorm_givesTheValuesByHand() {
    NetworkSpec spec = parse("[2]", "{type = linear, out = 2}, {type = batch_norm}");
    Weights weights =
        new Weights(
            Map.of(
                "0.weight", new FloatArray(List.of(2, 2), new float[] {2, -1, 0.5f, 3}),
                "0.bias", vector(1, -2),
                "1.weight", vector(2, 0.5f),
                "1.bias", vector(0.1f, -0.3f),
                "1.running_mean", vector(1, 2),
                "1.running_var", vector(4, 0.25f)));
    EvaluationForm form = EvaluationForm.of(spec);
    Weights folded = form.fold(weights);
    assertThat(form.obstacle()).isEmpty();
    assertThat(folded.tensors()).containsOnlyKeys("0.weight", "0.bias");
    assertThat(folded.get("0.weight").values())
        .containsExactly(
            (float) 1.9999975000046875,
            (float) -0.9999987500023437,
            (float) 0.49999000029998997,
            (float) 2.99994000179994);
    assertThat(folded.get("0.bias").values()).containsExactly(0.1f, (float) -4.29992000239992);
  }

  @Test
  void of_convolutionWithoutBias_getsOneAndLaterTensorsMoveUp() {
    NetworkSpec spec =
        parse(
            "[1, 4, 4]",
            "{type = conv2d, out = 2, kernel = 3, bias = false}, {type = dropout}, {type ="
                + " batch_norm}, {type = relu}, "
                + HEAD);
    NetworkSpec network = EvaluationForm.of(spec).network();
    assertThat(network.tensors())
        .extracting(ParameterSpec::name)
        .containsExactly("0.weight", "0.bias", "3.weight", "3.bias");
    assertThat(spec.tensors()).extracting(ParameterSpec::name).contains("5.weight");
  }

  @Test
  void of_nothingToFold_isTheNetworkItself() {
    NetworkSpec spec = parse("[1, 4, 4]", CONV + ", {type = relu}, " + HEAD);
    EvaluationForm form = EvaluationForm.of(spec);
    Weights weights = new Weights(Map.of());
    assertThat(form.network()).isEqualTo(spec);
    assertThat(form.fold(weights)).isSameAs(weights);
    assertThat(form.obstacle()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CONV, {type = relu}, NORM|through relu (layer 1) for batch_norm (layer 2)",
        "CONV, {type = max_pool2d, kernel = 2}, NORM"
            + "|through max_pool2d (layer 1) for batch_norm (layer 2)",
        "CONV, {type = avg_pool2d, kernel = 3, stride = 1, padding = 1}, NORM"
            + "|through avg_pool2d (layer 1) for batch_norm (layer 2)",
        "CONV, {type = flatten}, NORM|through flatten (layer 1) for batch_norm (layer 2)",
        "NORM, CONV|past the start of its path for batch_norm (layer 0)",
        "CONV, {type = add, paths = [[CONV], []]}, NORM"
            + "|through the identity path of add (layer 1) for batch_norm (layer 2)",
        "CONV, {type = concat, paths = [[CONV], [{type = tanh}]]}, NORM"
            + "|through tanh (layer 1.1.0) for batch_norm (layer 2)",
        "CONV, {type = add, paths = [[CONV, {type = relu}, NORM], [CONV]]}, NORM"
            + "|through relu (layer 1.0.1) for batch_norm (layer 1.0.2)",
      })
  void obstacle_batchNormThatCannotBeFolded_saysWhere(String layers, String expected) {
    String text = layers.replace("CONV", CONV).replace("NORM", NORM);
    EvaluationForm form = EvaluationForm.of(parse("[2, 4, 4]", text + ", " + HEAD));
    assertThat(form.obstacle()).contains("no folding " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CONV, {type = avg_pool2d, kernel = 2}, NORM",
        "CONV, NORM, {type = dropout}, NORM",
        "CONV, {type = avg_pool2d, kernel = 4}, {type = flatten}, NORM, {type = flatten}",
        "{type = concat, paths = [[CONV], [CONV, NORM, {type = avg_pool2d, kernel = 1}]]}, NORM",
        // the second path takes the shift, which the first's pooling could not
        "{type = add, paths = [[CONV, {type = avg_pool2d, kernel = 3, stride = 1, padding = 1}],"
            + " [CONV]]}, NORM",
      })
  void obstacle_batchNormThatCanBeFolded_isNone(String layers) {
    String text = layers.replace("CONV", CONV).replace("NORM", NORM);
    EvaluationForm form = EvaluationForm.of(parse("[2, 4, 4]", text + ", " + HEAD));
    assertThat(form.obstacle()).isEmpty();
    assertThat(NetworkLanguage.render(form.network())).doesNotContain("batch_norm", "dropout");
  }

  @Test
  void of_namedNetworks_areFoldedAsFarAsTheyCanBe() {
    assertThat(EvaluationForm.of(Networks.resolve("inception-small")).obstacle()).isEmpty();
    assertThat(EvaluationForm.of(Networks.resolve("vgg-small-dropout")).obstacle()).isEmpty();
    assertThat(EvaluationForm.of(Networks.resolve("resnet-18")).obstacle()).isEmpty();
    assertThat(EvaluationForm.of(Networks.resolve("wrn-28-1")).obstacle())
        .contains("no folding past the start of its path for batch_norm (layer 1.0.0)");
  }

  private static NetworkSpec parse(String input, String layers) {
    return NetworkLanguage.parse(
        "input = " + input + ", classes = 2, layers = [" + layers + "]", "test");
  }

  private static FloatArray vector(float... values) {
    return new FloatArray(List.of(values.length), values);
  }
}
