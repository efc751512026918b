package dev.gengap.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table in lines of text: words to the left, numbers to the right. Confined to one thread. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final int words;

  /**
   * @param words how many columns, from the left, hold words
   */
  public TextTable(List<String> header, int words) {
    this.words = words;
    rows.add(List.copyOf(header));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has more or fewer cells than the header
   */
  public void add(List<String> row) {
    if (row.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "row: " + row.size() + " cells (expected: " + rows.get(0).size() + ")");
    }
    rows.add(List.copyOf(row));
  }

  /** Columns aligned by spaces. */
  public String render() {
    int[] widths = IntStream.range(0, rows.get(0).size()).map(this::width).toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(column == 0 ? "" : "  ").append(pad(row.get(column), column, widths));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  private String pad(String cell, int column, int[] widths) {
    String space = " ".repeat(widths[column] - cell.length());
    return column < words ? cell + space : space + cell;
  }
}
