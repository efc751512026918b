package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.reason;
import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedMarginsTest {

  @ParameterizedTest
  @CsvSource({
    // margins 12 and 6 over ∏ s_i = 12, and over norms 5 and 2
    "margin_over_spectral_p50, .75",
    "margin_over_spectral_input_p50, .225",
    "margin_over_spectral_input_p90, .245",
  })
  void diagonalNetwork_values_matchThoseByHand(String key, double expected) {
    assertThat(scalar(DiagonalNetwork.snapshot(), key)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void inputThatIsZero_saysSo() {
    float[][] inputs = {{3, 4}, {0, 0}};
    assertThat(
            reason(
                DiagonalNetwork.snapshot(DiagonalNetwork.WEIGHTS, inputs),
                "margin_over_spectral_input_p5"))
        .isEqualTo("an input is zero");
  }
}
