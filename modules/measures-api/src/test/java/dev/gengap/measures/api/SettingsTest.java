package dev.gengap.measures.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {

  @ParameterizedTest
  @EnumSource(Setting.class)
  void standard_ofEverySetting_isInItsRangeAndNoNumberIsNot(Setting setting) {
    assertThat(setting.accepts(setting.standard())).isTrue();
    assertThat(setting.accepts(Double.NaN)).isFalse();
    assertThat(setting.accepts(-1)).isFalse();
    assertThat(setting.accepts(Double.POSITIVE_INFINITY)).isFalse();
    assertThat(Setting.named(setting.key())).contains(setting);
  }

  @ParameterizedTest
  @CsvSource({
    "MARGIN_PERCENTILE, 100.5, 0 … 100",
    "SIGMA, 0, > 0",
    "DELTA, 1, > 0 and < 1",
    "EXAMPLES, 0, a whole number >= 1",
    "SAMPLES, 2.5, a whole number >= 2",
    "SECONDS, -1, >= 0",
  })
  void settings_valueOutOfRange_isRefused(Setting setting, double value, String expected) {
    assertThatThrownBy(() -> new Settings(Map.of(setting, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(setting.key() + ": " + value + " (expected: " + expected + ")");
  }

  @Test
  void conventionsUnder_settings_nameWhatTheValueDependsOn() {
    MeasureDescription description =
        new MeasureDescription(
            "mine",
            "",
            "",
            CostClass.PERTURBATIONS,
            Set.of(),
            Set.of(Setting.SIGMA, Setting.SAMPLES),
            Map.of("bias", "included"));

    assertThat(description.conventionsUnder(new Settings(Map.of(Setting.SIGMA, 0.01))))
        .isEqualTo(Map.of("bias", "included", "sigma", "0.01", "samples", "100"));
  }
}
