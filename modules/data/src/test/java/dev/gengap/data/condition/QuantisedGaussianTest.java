package dev.gengap.data.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuantisedGaussianTest {

  @Test
  void normalDistribution_knownPoints_matches() {
    assertThat(QuantisedGaussian.normalDistribution(0)).isEqualTo(0.5);
    assertThat(QuantisedGaussian.normalDistribution(1.959963984540054))
        .isCloseTo(0.975, within(1e-15));
    assertThat(QuantisedGaussian.normalDistribution(-3))
        .isCloseTo(0.0013498980316300946, within(1e-15));
    assertThat(QuantisedGaussian.normalDistribution(9)).isEqualTo(1);
  }

  @Test
  void value_quantiles_areThoseOfTheGaussianRounded() {
    QuantisedGaussian noise = new QuantisedGaussian(new PixelStatistics(100.2, 10));
    assertThat(noise.value(0x80000000)).isEqualTo((byte) 100);
    assertThat(noise.value(quantile(0.975))).isEqualTo((byte) 120);
    assertThat(noise.value(quantile(0.025))).isEqualTo((byte) 81);
  }

  @Test
  void value_tails_areClipped() {
    QuantisedGaussian noise = new QuantisedGaussian(new PixelStatistics(128, 200));
    assertThat(noise.value(0)).isEqualTo((byte) 0);
    assertThat(noise.value(-1)).isEqualTo((byte) 255);
    assertThat(noise.value(quantile(0.2))).isEqualTo((byte) 0);
    assertThat(noise.value(quantile(0.8))).isEqualTo((byte) 255);
  }

  @Test
  void value_noSpread_isTheMeanRoundedHalfToEven() {
    QuantisedGaussian noise = new QuantisedGaussian(new PixelStatistics(2.5, 0));
    assertThat(noise.value(0)).isEqualTo((byte) 2);
    assertThat(noise.value(-1)).isEqualTo((byte) 2);
  }

  private static int quantile(double probability) {
    return (int) (long) (probability * 0x1.0p32);
  }
}
