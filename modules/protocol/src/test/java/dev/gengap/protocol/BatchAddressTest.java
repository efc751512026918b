package dev.gengap.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BatchAddressTest {
  @Test
  void parse_written_givesTheAddressBack() {
    var address = new BatchAddress("0123456789ab", 3, 41);

    assertThat(BatchAddress.parse(address.toString())).isEqualTo(address);
  }

  @Test
  void parse_somethingElse_isRefused() {
    assertThatThrownBy(() -> BatchAddress.parse("0123456789ab/3"))
        .hasMessage("payload: 0123456789ab/3 (expected: run/incarnation/sequence)");
  }
}
