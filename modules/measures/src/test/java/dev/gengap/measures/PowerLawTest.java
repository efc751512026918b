package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerLawTest {
  private static final double[] NUMBERS = {1, 1.5, 2, 3, 5, 9, 20};

  @Test
  void fit_sevenNumbers_isTheOneOfLeastDistance() {
    PowerLaw law = PowerLaw.fit(NUMBERS).orElseThrow();
    assertThat(law.alpha()).isCloseTo(1.7778106756553365, within(1e-9));
    assertThat(law.distance()).isCloseTo(.1459379474575329, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    // tails that have their own least distance at their first number
    "2, 1.9749594667409216, .1907161374983709",
    "3, 2.1407197933498114, .2144130614414872",
    "4, 2.5196944605892546, .257345891371447",
    "5, 3.5046721646807453, .3646647167633874",
  })
  void fit_tail_isThatByHand(int first, double alpha, double distance) {
    PowerLaw law = PowerLaw.fit(Arrays.copyOfRange(NUMBERS, first, 7)).orElseThrow();
    assertThat(law.alpha()).isCloseTo(alpha, within(1e-9));
    assertThat(law.distance()).isCloseTo(distance, within(1e-9));
  }

  @Test
  void fit_numbersThatDoNotDiffer_isNone() {
    assertThat(PowerLaw.fit(new double[] {2, 2, 2})).isEmpty();
    assertThat(PowerLaw.fit(new double[] {2})).isEmpty();
    assertThat(PowerLaw.fit(new double[0])).isEmpty();
  }
}
