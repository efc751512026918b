package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
  void initialise_manyLayers_namesEveryParameterInOrder() {
    assertThat(Initialiser.HE_NORMAL.initialise(NETWORK, 1).tensors().keySet())
        .containsExactly("1.weight", "1.bias", "3.weight", "3.bias");
  }

  @Test
  void key_anyInitialiser_isWrittenWithHyphens() {
    assertThat(Initialiser.FAN_IN_UNIFORM.key()).isEqualTo("fan-in-uniform");
  }
}
