package dev.gengap.experiment.results;

import java.util.List;
import java.util.function.Function;

/**
 * How rows of one kind stand in a CSV file.
 *
 * @param header names of the columns
 * @param encode a row as one cell per column
 * @param decode a row from its cells; any exception means a damaged file
 */
public record CsvForm<T>(
    List<String> header, Function<T, List<String>> encode, Function<List<String>, T> decode) {
  public CsvForm {
    header = List.copyOf(header);
  }
}
