package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.LipschitzBound.Norm;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LipschitzMeasuresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // every weight layer counts 2
        "{type = relu}, {type = tanh}, {type = dropout} | 1 | 1",
        "{type = leaky_relu, slope = 3} | 3 | 3",
        "{type = gelu} | 1.128905 | 1.128905",
        "{type = max_pool2d, kernel = 2} | 1 | 1",
        "{type = max_pool2d, kernel = 3, stride = 2} | 2 | 1",
        "{type = avg_pool2d, kernel = 2} | .5 | 1",
        "{type = avg_pool2d, kernel = [4, 2]} | .35355339059327379 | 1",
        "{type = concat, paths = [[CONV], [CONV, CONV], []]} | 4.58257569495584 | 4",
        "{type = add, paths = [[CONV], [CONV, CONV], []]} | 7 | 7",
      })
  void ln_layers_haveTheirConstants(String layers, double l2, double lInf) {
    NetworkSpec network =
        NetworkLanguage.parse(
            "input = [2, 4, 4], classes = 2, layers = ["
                + layers.replace("CONV", "{type = conv2d, out = 2, kernel = 1}")
                + ", {type = flatten}, {type = linear, out = 2}]",
            "test");
    List<Double> two = Collections.nCopies(9, 2.0);
    double found = new LipschitzBound(Norm.L2, two).ln(network.layers(), network.input());
    assertThat(Math.exp(found)).isCloseTo(2 * l2, within(1e-9));
    found = new LipschitzBound(Norm.L_INF, two).ln(network.layers(), network.input());
    assertThat(Math.exp(found)).isCloseTo(2 * lInf, within(1e-9));
  }

  @Test
  void measure_layerOfUnknownConstant_saysWhich() {
    NetworkSpec network =
        NetworkLanguage.parse(
            "input = [2, 1, 1], classes = 2, layers = [{type = local_response_norm, size = 3},"
                + " {type = flatten}, {type = linear, out = 2, bias = false}]",
            "test");
    FloatArray identity = new FloatArray(List.of(2, 2), new float[] {1, 0, 0, 1});
    MeasuredSnapshot snapshot =
        new MeasuredSnapshot(
            network,
            new Weights(Map.of("2.weight", identity)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            Settings.STANDARD);
    assertThat(SmallNetworks.reason(snapshot, "ln_lipschitz_l2_upper"))
        .isEqualTo("no known Lipschitz constant of local_response_norm (layer 0)");
    assertThatThrownBy(
            () -> new LipschitzBound(Norm.L2, List.of()).ln(network.layers(), network.input()))
        .hasMessageContaining("local_response_norm");
  }

  @ParameterizedTest
  @CsvSource({
    "ln_lipschitz_l2_upper, 12",
    "ln_lipschitz_l2_lower, 8", // ∂f/∂x = diag(8, 3) at the first input
    "ln_margin_lipschitz_l2, 12.36931687685298", // 3√17, the rows (4, 0) and (0, 1) apart
    "ln_certified_radius_pairs_l2, .5093248125762992", // γ = 6.3
    "ln_certified_radius_l2, .3712310601229375",
  })
  void diagonalNetwork_values_matchThoseByHand(String key, double expected) {
    assertThat(SmallNetworks.scalar(DiagonalNetwork.snapshot(), key))
        .isCloseTo(Math.log(expected), within(1e-9));
  }

  @Test
  void pairs_lastLayerThatIsNotLinear_doNotApply() {
    NetworkSpec network =
        NetworkLanguage.parse(
            "input = [2], classes = 2, layers = [{type = linear, out = 2, bias = false},"
                + " {type = relu}]",
            "test");
    FloatArray identity = new FloatArray(List.of(2, 2), new float[] {1, 0, 0, 1});
    MeasuredSnapshot snapshot =
        new MeasuredSnapshot(
            network,
            new Weights(Map.of("0.weight", identity)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            Settings.STANDARD);
    assertThat(SmallNetworks.reason(snapshot, "ln_margin_lipschitz_l2"))
        .isEqualTo("needs a last layer that is linear");
  }

  @Test
  void lowerBound_outputsThatDoNotMove_saysSo() {
    float[][] inputs = {{-1, -1}, {-2, -1}};
    assertThat(
            SmallNetworks.reason(
                DiagonalNetwork.snapshot(DiagonalNetwork.WEIGHTS, inputs), "ln_lipschitz_l2_lower"))
        .isEqualTo("outputs that move with none of the inputs");
  }
}
