package dev.gengap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
  @Test
  void parse_spelledDifferently_isTheSameMoment() {
    assertThat(Moment.parse("train-loss<=0.10")).contains(new Moment.Crossing(0.1));
    assertThat(Moment.parse("train-loss <= 1e-1")).contains(new Moment.Crossing(0.1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "end", "best", "train-loss <= 0.01"})
  void parse_whatToStringWrites_readsBack(String text) {
    assertThat(Moment.parse(text)).get().hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "middle", "train-loss <= 0", "train-loss <= NaN", "train-loss < 1"})
  void parse_anythingElse_isEmpty(String text) {
    assertThat(Moment.parse(text)).isEmpty();
  }
}
