package dev.gengap.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0123456, 0.01235",
    "0.5, 0.5000",
    "2.302585, 2.303",
    "-17.25, -17.25",
    "1234.56, 1235",
    "99999, 99999",
    "123456789, 1.235e+08",
    "0.00012345, 1.235e-04",
    "NaN, nan",
    "Infinity, inf",
    "-Infinity, -inf"
  })
  void number_hasFourSignificantDigits(double value, String expected) {
    assertThat(Format.number(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0000", "0.99998, 0.9999", "0.1, 0.1000", "0.42, 0.4200", "NaN, -"})
  void fraction_reachesOneOnlyWhenItIs(double value, String expected) {
    assertThat(Format.fraction(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, -", "NaN, -", "1.234, 1.23", "56.78, 56.8", "312.4, 312", "12345, 12.3k"})
  void rate_hasAtLeastThreeDigits(double value, String expected) {
    assertThat(Format.rate(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "59.4, 59s",
    "125, 2m05s",
    "7260, 2h01m",
    "180000, 2d02h",
    "1e12, >999d",
    "NaN, -",
    "-1, -"
  })
  void duration_isInItsTwoLargestUnits(double seconds, String expected) {
    assertThat(Format.duration(seconds)).isEqualTo(expected);
  }

  @Test
  void timeLeft_unknown_isADash() {
    assertThat(Format.timeLeft(OptionalDouble.empty())).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({"0, [----]", "0.5, [##--]", "0.99, [###-]", "1, [####]", "7, [####]", "-1, [----]"})
  void bar_isFullOnlyWhenAllIsDone(double fraction, String expected) {
    assertThat(Format.bar(fraction, 6)).isEqualTo(expected);
  }

  @Test
  void cut_longText_isMarked() {
    assertThat(Format.cut("abcdef", 4)).isEqualTo("abc~");
    assertThat(Format.cut("abcd", 4)).isEqualTo("abcd");
    assertThat(Format.cut("abcd", 0)).isEmpty();
  }
}
