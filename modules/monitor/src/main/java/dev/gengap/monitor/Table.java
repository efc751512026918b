package dev.gengap.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Aligned columns of text, two spaces apart. Confined to the thread that builds it. */
public final class Table {
  private static final String GAP = "  ";

  private final List<Column> columns = new ArrayList<>();

  private record Column(List<String> cells, boolean right) {
    int width() {
      return cells.stream().mapToInt(String::length).max().orElse(0);
    }

    String padded(int row) {
      String cell = cells.get(row);
      String padding = " ".repeat(width() - cell.length());
      return right ? padding + cell : cell + padding;
    }
  }

  /** The cells of a column: its header, then one for each of {@code rows}. */
  public static <T> List<String> column(String header, List<T> rows, Function<T, String> cell) {
    return Stream.concat(Stream.of(header), rows.stream().map(cell)).toList();
  }

  /** Adds a column of words: a header and a cell for each row. */
  public Table left(List<String> cells) {
    columns.add(new Column(cells, false));
    return this;
  }

  /** Adds a column of numbers. */
  public Table right(List<String> cells) {
    columns.add(new Column(cells, true));
    return this;
  }

  /** Columns the widest line takes. */
  int width() {
    int cells = columns.stream().mapToInt(Column::width).sum();
    return cells + GAP.length() * Math.max(0, columns.size() - 1);
  }

  /** Takes the last column away again. */
  void dropLast() {
    columns.remove(columns.size() - 1);
  }

  /** One line for each row, without trailing spaces. */
  public List<String> lines() {
    int rows = columns.isEmpty() ? 0 : columns.get(0).cells().size();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int row = i;
      String line =
          columns.stream().map(column -> column.padded(row)).collect(Collectors.joining(GAP));
      lines.add(line.stripTrailing());
    }
    return lines;
  }
}
