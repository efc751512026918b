package dev.gengap.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DecimalProperties {
  @Property
  void of_anyDouble_readsBackAsItself(@ForAll double value) {
    assertThat(Decimal.of(value).doubleValue()).isEqualTo(value == 0 ? 0.0 : value);
  }
}
