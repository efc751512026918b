package dev.gengap.monitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {
  @Test
  void escape_markup_isText() {
    assertThat(Markup.escape("<a b=\"c\" d='e'>&\u0000\u001b\n\tλ😀"))
        .isEqualTo("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\uFFFD\uFFFD\n\tλ😀");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1.04, 1", "1.05, 1.1", "12.96, 13", "-0.04, 0", "-3.14, -3.1"})
  void coordinate_value_hasOneDecimalAtMost(double value, String text) {
    assertThat(Markup.coordinate(value)).isEqualTo(text);
  }
}
