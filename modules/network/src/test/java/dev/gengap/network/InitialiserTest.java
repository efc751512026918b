package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitialiserTest {
  private static final NetworkSpec NETWORK = Networks.resolve("mlp-1x200", List.of(300), 10);

  @ParameterizedTest
  @CsvSource({
    // variance of U(±b) is b²/3
    "FAN_IN_UNIFORM, 0.0011111111, 0.0577350269", // b = 1/√300
    "HE_UNIFORM, 0.0066666667, 0.1414213562", // b = √(6/300)
    "GLOROT_UNIFORM, 0.004, 0.1095445115", // b = √(6/500)
    "HE_NORMAL, 0.0066666667, 1", // 2/300
  })
  void weights_ofEachInitialiser_haveItsVarianceAndBound(
      Initialiser initialiser, double variance, double bound) {
    float[] values = initialiser.initialise(NETWORK, 3).get("1.weight").values();
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      assertThat((double) value).isBetween(-bound, bound);
      sum += value;
      squares += (double) value * value;
    }
    assertThat(sum / values.length).isCloseTo(0, within(4 * Math.sqrt(variance / values.length)));
    assertThat(squares / values.length).isCloseTo(variance, within(0.03 * variance));
  }

  @ParameterizedTest
  @EnumSource
  void biases_ofEachInitialiser_areZeroButForFanInUniform(Initialiser initialiser) {
    float[] biases = initialiser.initialise(NETWORK, 3).get("1.bias").values();
    if (initialiser == Initialiser.FAN_IN_UNIFORM) {
      assertThat(biases).doesNotContain(0f);
    } else {
      assertThat(biases).containsOnly(0f);
    }
  }

  @Test
  void initialise_sameSeed_sameBits_otherSeed_otherBits() {
    float[] once = Initialiser.FAN_IN_UNIFORM.initialise(NETWORK, 3).get("3.weight").values();
    assertThat(Initialiser.FAN_IN_UNIFORM.initialise(NETWORK, 3).get("3.weight").values())
        .isEqualTo(once);
    assertThat(Initialiser.FAN_IN_UNIFORM.initialise(NETWORK, 4).get("3.weight").values())
        .isNotEqualTo(once);
  }

  @Test
  void initialise_convolutions_useTheirKernelsFans() {
    NetworkSpec network =
        NetworkLanguage.parse(
            "input = [16, 9, 9], classes = 1, layers = [{type = conv2d, out = 32, kernel = [3, 5]},"
                + " {type = avg_pool2d, kernel = [7, 5]}, {type = flatten}, {type = linear, out = 1}]",
            "test");
    assertThat(variance(Initialiser.HE_NORMAL, network)).isCloseTo(2.0 / 240, within(4e-4));
    assertThat(variance(Initialiser.GLOROT_UNIFORM, network)).isCloseTo(2.0 / 720, within(1e-4));
    assertThat(variance(Initialiser.FAN_IN_UNIFORM, network)).isCloseTo(1.0 / 720, within(5e-5));
    for (float bias : Initialiser.FAN_IN_UNIFORM.initialise(network, 3).get("0.bias").values()) {
      assertThat((double) bias).isBetween(-1 / Math.sqrt(240), 1 / Math.sqrt(240));
    }
  }

  @ParameterizedTest
  @EnumSource
  void initialise_normalisations_beginNeutral(Initialiser initialiser) {
    NetworkSpec network =
        NetworkLanguage.parse(
            "input = [4], classes = 4, layers = [{type = batch_norm}, {type = layer_norm}]",
            "test");
    Weights weights = initialiser.initialise(network, 3);
    assertThat(weights.get("0.weight").values()).containsOnly(1);
    assertThat(weights.get("0.bias").values()).containsOnly(0);
    assertThat(weights.get("0.running_mean").values()).containsOnly(0);
    assertThat(weights.get("0.running_var").values()).containsOnly(1);
    assertThat(weights.get("1.weight").values()).containsOnly(1);
    assertThat(weights.get("1.bias").values()).containsOnly(0);
  }

  @Test
  void initialise_eachParameter_drawsByItsNumberAmongTheTrained() {
    NetworkSpec network =
        NetworkLanguage.parse(
            "input = [4], classes = 2, layers = [{type = batch_norm}, {type = linear, out = 2}]",
            "test");
    CounterRandom random = CounterRandom.of(3, RandomStream.INITIALISATION);
    float[] weight = Initialiser.FAN_IN_UNIFORM.initialise(network, 3).get("1.weight").values();
    for (int i = 0; i < weight.length; i++) { // numbers 0 and 1 are scale and shift
      assertThat(weight[i]).isEqualTo((float) (0.5 * (2 * random.uniform(2, i) - 1)));
    }
  }

  private static double variance(Initialiser initialiser, NetworkSpec network) {
    double squares = 0;
    float[] values = initialiser.initialise(network, 3).get("0.weight").values();
    for (float value : values) {
      squares += (double) value * value;
    }
    return squares / values.length;
  }

  @Test
  void initialise_manyLayers_namesEveryParameterInOrder() {
    assertThat(Initialiser.HE_NORMAL.initialise(NETWORK, 1).tensors().keySet())
        .containsExactly("1.weight", "1.bias", "3.weight", "3.bias");
  }

  @Test
  void key_anyInitialiser_isWrittenWithHyphens() {
    assertThat(Initialiser.FAN_IN_UNIFORM.key()).isEqualTo("fan-in-uniform");
  }
}
