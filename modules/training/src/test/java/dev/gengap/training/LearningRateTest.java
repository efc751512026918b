package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateTest {
  private static final LearningRate STEPS = new LearningRate(0.4, 1, List.of(225, 150), 0.1);

  @ParameterizedTest
  @CsvSource({"0, 0.4", "149, 0.4", "150, 0.04", "224, 0.04", "225, 0.004", "1000, 0.004"})
  void at_steps_fallsOnceEachIsDone(long epoch, double expected) {
    assertThat(STEPS.at(epoch)).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.01", "1, 0.0095", "10, 0.005987369392383787"})
  void at_decayPerEpoch_isAPowerOfIt(long epoch, double expected) {
    assertThat(LearningRate.decaying(0.01, 0.95).at(epoch)).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "2, 0.125", "3, 0.0625"})
  void at_decayAndSteps_multiply(long epoch, double expected) {
    assertThat(new LearningRate(1, 0.5, List.of(2), 0.5).at(epoch)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0", "7"})
  void at_constant_isTheSame(long epoch) {
    assertThat(LearningRate.constant(0.3).at(epoch)).isEqualTo(0.3);
  }
}
