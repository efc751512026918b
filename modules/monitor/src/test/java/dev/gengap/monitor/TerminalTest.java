package dev.gengap.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void size_whatSttyPrints_isRowsThenColumns() {
    assertThat(Terminal.Size.parse("50 132\n")).isEqualTo(new Terminal.Size(132, 50));
  }

  @Test
  void size_sttyKnowsNone_isTheDefault() {
    assertThat(Terminal.Size.parse("")).isEqualTo(Terminal.Size.DEFAULT);
    assertThat(Terminal.Size.parse("0 0\n")).isEqualTo(Terminal.Size.DEFAULT);
  }

  @Test
  void size_notATerminal_isAFilesWidth() {
    assertThat(new Terminal(false).size()).isEqualTo(Terminal.Size.OF_FILE);
  }
}
