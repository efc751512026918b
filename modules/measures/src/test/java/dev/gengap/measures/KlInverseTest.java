package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlInverseTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.1, 0.09516258196404048",
    "0.02, 0.02, 0.06158588555806859",
    "0.1, 0.1, 0.2823791394556453",
    "0.5, 0.05, 0.6542421650879229",
    "0.03, 0.005298317366548036, 0.05096889579459446",
    "0.028, 0.09107538952156766, 0.15796996962551618",
  })
  void of_errorAndBound_isTheReferenceValue(double q, double c, double expected) {
    assertThat(KlInverse.of(q, c)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void of_noAllowance_isTheErrorItself() {
    assertThat(KlInverse.of(0.25, 0)).isCloseTo(0.25, within(1e-8));
    assertThat(KlInverse.of(0, 0)).isZero();
  }

  @Test
  void of_hugeAllowance_isAlmostOne() {
    assertThat(KlInverse.of(0.25, 1e4)).isBetween(1 - 1e-12, 1.0);
    assertThat(KlInverse.of(1, 0.1)).isOne();
  }

  @Test
  void of_numbersOutOfRange_saysWhatIsExpected() {
    assertThatThrownBy(() -> KlInverse.of(1.5, 1)).hasMessage("q: 1.5 (expected: 0 … 1)");
    assertThatThrownBy(() -> KlInverse.of(0.5, -1)).hasMessage("c: -1.0 (expected: >= 0)");
  }
}
