package dev.gengap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepPolicyTest {
  @ParameterizedTest
  @ValueSource(strings = {"all", "none", "last 3"})
  void parse_whatToStringWrites_readsBack(String text) {
    assertThat(KeepPolicy.parse(text)).get().hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"last 0", "last -1", "first 3", "last", "3"})
  void parse_anythingElse_isEmpty(String text) {
    assertThat(KeepPolicy.parse(text)).isEmpty();
  }
}
