package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.reason;
import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.data.Examples;
import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RobustnessTest {
  /** f(x) = (0, x/8): the loss of class 0 is ln(1 + e^{x/8}), that of class 1 ln(1 + e^{−x/8}). */
  private static final float[][][] NETWORK = {{{0}, {.125f}}};

  /** With two cells each: {0, 1}, {10, 11} and {5}. */
  private static final Examples TRAIN =
      new ArrayExamples(new float[][] {{0}, {1}, {5}, {10}, {11}}, new int[] {0, 0, 1, 0, 0});

  /** 4 is nearest to 0 of its class, and 50 to 5. */
  private static final Examples TEST =
      new ArrayExamples(new float[][] {{4}, {50}}, new int[] {0, 1});

  @ParameterizedTest
  @CsvSource({
    "robustness_cells, 2, 3",
    "robustness_cells, 10, 5",
    "robustness_radius, 1, 11",
    "robustness_radius, 2, 1",
    "robustness_radius, 10, 0",
    "robustness_spread_train, 2, .09848357025627497", // of 10 and 11
    "robustness_spread_train, 10, 0",
    "robustness_spread, 2, .42677208507229925", // of 5 and 50
  })
  void line_cells_haveTheValuesByHand(String key, double cells, double expected) {
    assertThat(scalar(snapshot(Map.of(Setting.CELLS, cells)), key))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void cells_examplesSetting_leavesOutTheOthers() {
    Map<Setting, Double> firstTwo = Map.of(Setting.CELLS, 1.0, Setting.EXAMPLES, 2.0);
    assertThat(scalar(snapshot(firstTwo), "robustness_radius")).isEqualTo(1);
    assertThat(scalar(snapshot(firstTwo), "robustness_cells")).isEqualTo(1);
    // class 1 has no cell now; 4 shares that of 0 and 1
    assertThat(scalar(snapshot(firstTwo), "robustness_spread"))
        .isCloseTo(.2809298036201614, within(1e-12));
  }

  @Test
  void spread_withoutTestSet_saysSo() {
    MeasuredSnapshot snapshot =
        SmallNetworks.snapshot(
            NETWORK, Optional.empty(), Optional.of(TRAIN), Optional.empty(), Settings.STANDARD);
    assertThat(reason(snapshot, "robustness_spread")).isEqualTo("needs the test set");
    assertThat(scalar(snapshot, "robustness_spread_train")).isZero();
  }

  @Test
  void cells_equalInputs_shareOne() {
    Examples equal = new ArrayExamples(new float[][] {{3}, {3}, {3}}, new int[] {0, 0, 0});
    MeasuredSnapshot snapshot =
        SmallNetworks.snapshot(
            NETWORK, Optional.empty(), Optional.of(equal), Optional.empty(), Settings.STANDARD);
    assertThat(scalar(snapshot, "robustness_cells")).isEqualTo(1);
  }

  private static MeasuredSnapshot snapshot(Map<Setting, Double> chosen) {
    return SmallNetworks.snapshot(
        NETWORK, Optional.empty(), Optional.of(TRAIN), Optional.of(TEST), new Settings(chosen));
  }
}
