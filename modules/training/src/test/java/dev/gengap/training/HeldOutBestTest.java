package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeldOutBestTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of("nothing found", new double[] {}, INFINITY, 0, 0),
        Arguments.of("always lower", new double[] {3, 2, 1}, 1, 3, 0),
        Arguments.of("never lower", new double[] {1, 2, 3}, 1, 1, 2),
        Arguments.of("the earlier of equals", new double[] {2, 1, 1}, 1, 2, 1),
        Arguments.of("back up and down again", new double[] {2, 3, 1, 4, 5}, 1, 3, 2),
        Arguments.of("no number is no best", new double[] {2, Double.NaN}, 2, 1, 1),
        Arguments.of("nor is infinity", new double[] {INFINITY, INFINITY}, INFINITY, 0, 2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void or_lossesInTurn_keepsTheLowest(
      String which, double[] losses, double loss, int epoch, int age) {
    HeldOutBest best = HeldOutBest.NONE;
    int epochs = 0;
    for (double found : losses) {
      best = best.or(found, ++epochs);
    }
    assertThat(best).isEqualTo(new HeldOutBest(loss, epoch));
    assertThat(best.age(epochs)).isEqualTo(age);
  }
}
