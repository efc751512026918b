package dev.gengap.experiment.results;

import dev.gengap.experiment.Decimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Lines of CSV as RFC 4180 has them, but for line breaks within a cell, which become spaces. */
final class Csv {
  private Csv() {}

  static String line(List<String> cells) {
    return cells.stream().map(Csv::quote).collect(Collectors.joining(",", "", "\n"));
  }

  /** The cells of {@code line}, which has no line feed. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  static String number(double value) {
    return Decimal.text(value);
  }

  static String number(OptionalDouble value) {
    return value.isPresent() ? Decimal.text(value.getAsDouble()) : "";
  }

  static OptionalDouble number(String cell) {
    return cell.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(cell));
  }

  private static String quote(String cell) {
    String flat = cell.replaceAll("[\\r\\n]+", " ");
    boolean plain = flat.indexOf(',') < 0 && flat.indexOf('"') < 0;
    return plain ? flat : '"' + flat.replace("\"", "\"\"") + '"';
  }
}
