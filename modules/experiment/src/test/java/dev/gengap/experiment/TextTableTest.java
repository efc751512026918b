package dev.gengap.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private final TextTable table = new TextTable(List.of("run", "steps"), 1);

  @Test
  void render_wordsAndNumbers_alignsLeftAndRight() {
    table.add(List.of("first", "5"));

    assertThat(table.render()).isEqualTo("run    steps\nfirst      5\n");
  }

  @Test
  void add_wrongNumberOfCells_fails() {
    assertThatThrownBy(() -> table.add(List.of("first"))).hasMessage("row: 1 cells (expected: 2)");
  }
}
