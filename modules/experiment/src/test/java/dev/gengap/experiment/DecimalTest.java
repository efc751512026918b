package dev.gengap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "5e-1, 0.5",
    "100, 100",
    "-0.0, 0",
    "1e-7, 1E-7",
    "2.0e-3, 0.002",
    "123456789, 123456789",
    "1e300, 1E+300",
    "0.30000000000000004, 0.30000000000000004",
  })
  void text_double_isItsShortestDecimal(double value, String expected) {
    assertThat(Decimal.text(value)).isEqualTo(expected);
  }

  @Test
  void parse_notANumber_isEmpty() {
    assertThat(Decimal.parse("NaN")).isEmpty();
    assertThat(Decimal.parse("x")).isEmpty();
  }
}
