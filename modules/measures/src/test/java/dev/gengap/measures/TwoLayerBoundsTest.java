package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.reason;
import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoLayerBoundsTest {
  private static final float[] NO_BIAS = {0, 0};

  @ParameterizedTest
  @CsvSource({
    // F = (√13, √17), s = (3, 4), D = (√5, 3), rows moved by 3 and 3; γ = 6.3, δ = 0.05, m = 2;
    // means of ‖x‖² and ‖x‖²_∞ are 14.5 and 10; W⁰ x is x, all active
    "neyshabur_2019_core, 13.342650082910549",
    "ln_neyshabur_2019_capacity, 10.01568151182138",
    "neyshabur_2019_bound, 105.77002541555633",
    "ln_two_layer_l1_inf, 10.226810512506889",
    "ln_two_layer_frobenius, 9.35350471851274",
    "ln_two_layer_spectral_l1, 17.357193420670484",
    "ln_two_layer_spectral_frobenius, 19.470409352889714",
  })
  void diagonalNetwork_values_matchThoseByHand(String key, double expected) {
    assertThat(scalar(DiagonalNetwork.snapshot(), key))
        .isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void capacity_initialBias_isInTheHiddenUnits() {
    // relu(x + (1, −10)): squares 16 and 1 of the first unit, none of the second
    assertThat(scalar(biased(1, -10), "ln_neyshabur_2019_capacity"))
        .isCloseTo(9.888203701917213, within(1e-9));
  }

  @Test
  void bounds_moreThanTwoLayers_doNotApply() {
    float[][][] deep = {DiagonalNetwork.WEIGHTS[0], {{1, 0}, {0, 1}}, DiagonalNetwork.WEIGHTS[1]};
    MeasuredSnapshot snapshot =
        SmallNetworks.snapshot(
            deep,
            Optional.of(deep),
            Optional.of(new ArrayExamples(DiagonalNetwork.INPUTS, DiagonalNetwork.LABELS)),
            Optional.empty(),
            Settings.STANDARD);
    for (String key : List.of("neyshabur_2019_core", "ln_neyshabur_2019_capacity")) {
      assertThat(reason(snapshot, key)).isEqualTo("needs two linear layers with a relu between");
    }
  }

  @Test
  void bounds_withoutTrainingSet_sayWhatTheyNeed() {
    assertThat(reason(SmallNetworks.snapshot(DiagonalNetwork.WEIGHTS), "neyshabur_2019_bound"))
        .isEqualTo("needs the initial snapshot");
  }

  private static MeasuredSnapshot biased(float... initialBias) {
    return new MeasuredSnapshot(
        NetworkLanguage.parse(
            "input = [2, 1, 1], classes = 2, layers = [{type = flatten}, {type = linear, out = 2},"
                + " {type = relu}, {type = dropout}, {type = linear, out = 2}]",
            "test"),
        weights(DiagonalNetwork.WEIGHTS, NO_BIAS),
        Optional.of(weights(DiagonalNetwork.INITIAL, initialBias)),
        Optional.of(new ArrayExamples(DiagonalNetwork.INPUTS, DiagonalNetwork.LABELS)),
        Optional.empty(),
        1,
        Settings.STANDARD);
  }

  private static Weights weights(float[][][] matrices, float[] bias) {
    return new Weights(
        Map.of(
            "1.weight",
            matrix(matrices[0]),
            "1.bias",
            new FloatArray(List.of(2), bias),
            "4.weight",
            matrix(matrices[1]),
            "4.bias",
            new FloatArray(List.of(2), NO_BIAS)));
  }

  private static FloatArray matrix(float[][] rows) {
    return new FloatArray(
        List.of(2, 2), new float[] {rows[0][0], rows[0][1], rows[1][0], rows[1][1]});
  }
}
