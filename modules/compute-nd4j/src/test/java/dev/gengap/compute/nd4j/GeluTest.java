package dev.gengap.compute.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeluTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, 0.1, 0.46, 0.47, 1, 2, 3, 3.99, 4.01, 5})
  void complementaryError_bothSigns_isWhatTheSeriesGives(double x) {
    assertThat(1 - Gelu.complementaryError(x)).isCloseTo(errorBySeries(x), within(3e-15));
    assertThat(Gelu.complementaryError(-x) - 1).isCloseTo(errorBySeries(x), within(3e-15));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-9, -5, -1.3, -0.2, 0, 0.2, 1.3, 5, 9})
  void derivative_anywhere_isThatOfTheFunction(double x) {
    double h = 1e-5;
    double difference = (Gelu.of(x + h) - Gelu.of(x - h)) / (2 * h);
    assertThat(Gelu.derivative(x)).isCloseTo(difference, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-300, -40, 40, 300})
  void of_farFromZero_isARamp(double x) {
    assertThat(Gelu.of(x)).isEqualTo(Math.max(x, 0) + 0.0);
    assertThat(Gelu.derivative(x)).isEqualTo(x > 0 ? 1 : 0);
  }

  /** erf(x) = 2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(2n + 1)!!, whose terms are all positive. */
  private static double errorBySeries(double x) {
    double term = x;
    double sum = 0;
    for (int n = 0; n < 200; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 3);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
