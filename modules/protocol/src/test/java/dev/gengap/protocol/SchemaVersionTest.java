package dev.gengap.protocol;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.core.UserError;
import org.junit.jupiter.api.Test;

class SchemaVersionTest {
  @Test
  void check_current_passes() {
    assertThatCode(() -> SchemaVersion.check(SchemaVersion.CURRENT, "gengap.x.progress"))
        .doesNotThrowAnyException();
  }

  @Test
  void check_newer_saysUpgrade() {
    assertThatThrownBy(() -> SchemaVersion.check(7, "gengap.x.progress"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "gengap.x.progress: schema version: 7 (expected: at most 1);"
                + " upgrade gengap to the version that wrote it");
  }

  @Test
  void check_absent_isRefused() {
    assertThatThrownBy(() -> SchemaVersion.check(0, "gengap.x.progress"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("schema version: 0 (expected: 1 … 1)");
  }
}
