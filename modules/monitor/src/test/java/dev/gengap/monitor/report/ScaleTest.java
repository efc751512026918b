package dev.gengap.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.001, 0.001",
    "0.0005, 5e-4",
    "20000, 20000",
    "100000, 1e5",
    "1.20e7, 1.2e7",
    "-250, -250",
    "-2e-9, -2e-9"
  })
  void label_value_isShort(BigDecimal value, String label) {
    assertThat(Tick.label(value)).isEqualTo(label);
  }

  @Test
  void linear_upToEpochs_endsWhereTheyDo() {
    LinearScale scale = LinearScale.upTo(51);

    assertThat(labels(scale)).containsExactly("0", "10", "20", "30", "40", "50");
    assertThat(scale.position(0)).isZero();
    assertThat(scale.position(51)).isEqualTo(1);
    assertThat(scale.ticks().get(1).position()).isEqualTo(10 / 51.0);
  }

  @Test
  void linear_values_liesBetweenTicks() {
    LinearScale scale = LinearScale.covering(new double[] {-0.04, Double.NaN, 0.93});

    assertThat(labels(scale)).containsExactly("-0.2", "0", "0.2", "0.4", "0.6", "0.8", "1");
    assertThat(scale.position(0.4)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void linear_valueOfATick_addsNoOther() {
    assertThat(labels(LinearScale.covering(new double[] {0.1, 0.3})))
        .startsWith("0.1")
        .endsWith("0.3");
  }

  @Test
  void linear_equalValues_hasThemInside() {
    LinearScale scale = LinearScale.covering(new double[] {250, 250});

    assertThat(labels(scale)).containsExactly("220", "230", "240", "250", "260", "270", "280");
    assertThat(scale.position(250)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void linear_noValues_isFromZeroToOne() {
    double[] none = {Double.NaN, Double.POSITIVE_INFINITY};

    assertThat(LinearScale.covering(none)).isEqualTo(LinearScale.upTo(1));
    assertThat(LinearScale.upTo(0)).isEqualTo(LinearScale.upTo(1));
  }

  @Test
  void linear_notFinite_hasNoPlace() {
    assertThat(LinearScale.upTo(1).shows(Double.NaN)).isFalse();
    assertThat(LinearScale.upTo(1).shows(Double.NEGATIVE_INFINITY)).isFalse();
  }

  @Test
  void log_fewDecades_hasTicksAtTwoAndFive() {
    LogScale scale = LogScale.covering(new double[] {0.03, 2.3});

    assertThat(labels(scale)).containsExactly("0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5");
    assertThat(scale.position(0.02)).isZero();
    assertThat(scale.position(5)).isEqualTo(1);
  }

  @Test
  void log_manyDecades_hasTicksAtPowersOfTen() {
    LogScale scale = LogScale.covering(new double[] {0.0095, 2.3});

    assertThat(scale).isEqualTo(new LogScale(-7, 2));
    assertThat(labels(scale)).contains("0.01", "0.1", "1").doesNotContain("0.02");
  }

  @Test
  void log_hugeRange_hasFewTicks() {
    LogScale scale = LogScale.covering(new double[] {Double.MIN_VALUE, Double.MAX_VALUE});

    assertThat(scale.ticks()).hasSizeBetween(4, Scale.TICKS + 2);
    assertThat(scale.position(1)).isCloseTo(0.51, within(0.01));
  }

  @Test
  void log_zeroOrNotFinite_hasNoPlace() {
    LogScale scale = LogScale.covering(new double[] {0, Double.NaN, Double.POSITIVE_INFINITY, -1});

    assertThat(labels(scale)).containsExactly("0.5", "1", "2");
    assertThat(scale.shows(0)).isFalse();
    assertThat(scale.shows(-1)).isFalse();
    assertThat(scale.shows(Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void fitting_positiveAndFarApart_isLogarithmic() {
    assertThat(Scale.fitting(new double[] {1, 101})).isInstanceOf(LogScale.class);
    assertThat(Scale.fitting(new double[] {1, 99})).isInstanceOf(LinearScale.class);
    assertThat(Scale.fitting(new double[] {0, 1000})).isInstanceOf(LinearScale.class);
  }

  private static List<String> labels(Scale scale) {
    return scale.ticks().stream().map(Tick::label).toList();
  }
}
