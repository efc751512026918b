package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {

  @Test
  void after_severalEvaluations_countsFirstStepsAndForgetting() {
    TrainingHistory history =
        TrainingHistory.NONE
            .after(10, 2.0, fits("0 1 0 0"))
            .after(20, 1.0, fits("1 0 0 1"))
            .after(30, 0.5, fits("1 1 0 0"))
            .after(40, 0.4, fits("1 0 0 0"));

    assertThat(history.evaluations()).isEqualTo(4);
    assertThat(history.firstSteps()).isEmpty();
    assertThat(history.examples())
        .containsExactly(
            new ExampleHistory(true, OptionalLong.of(20), 0),
            new ExampleHistory(false, OptionalLong.of(10), 2),
            new ExampleHistory(false, OptionalLong.empty(), 0),
            new ExampleHistory(false, OptionalLong.of(20), 1));
  }

  @Test
  void after_lossesThatFallAndRise_keepsTheFirstStepsAtOrBelow() {
    TrainingHistory history =
        TrainingHistory.NONE
            .after(10, 0.11, fits("1"))
            .after(20, 0.1, fits("1"))
            .after(30, 0.2, fits("1"))
            .after(40, 0.05, fits("1"));
    assertThat(history.firstSteps()).isEqualTo(Map.of(0.1, 20L));

    assertThat(history.after(50, 0.009, fits("1")).firstSteps())
        .isEqualTo(Map.of(0.1, 20L, 0.01, 50L));
    assertThat(history.firstSteps()).as("immutable").hasSize(1);
  }

  @Test
  void after_lossThatFallsAtOnce_reachesBoth() {
    assertThat(TrainingHistory.NONE.after(7, 0.001, fits("1")).firstSteps())
        .isEqualTo(Map.of(0.1, 7L, 0.01, 7L));
  }

  @Test
  void after_lossThatIsNoNumber_reachesNothing() {
    assertThat(TrainingHistory.NONE.after(7, Double.NaN, fits("0")).firstSteps()).isEmpty();
  }

  @Test
  void after_otherNumberOfExamples_isRefused() {
    TrainingHistory history = TrainingHistory.NONE.after(10, 1, fits("0 1"));

    assertThatThrownBy(() -> history.after(20, 1, fits("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("examples: 1 (expected: 2, as before)");
  }

  private static boolean[] fits(String digits) {
    String[] each = digits.split(" ", -1);
    boolean[] fits = new boolean[each.length];
    for (int i = 0; i < fits.length; i++) {
      fits[i] = each[i].equals("1");
    }
    return fits;
  }
}
