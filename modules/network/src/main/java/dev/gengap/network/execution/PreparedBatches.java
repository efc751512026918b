package dev.gengap.network.execution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/** What is prepared once for each number of rows that a batch may have: the full, the last. */
final class PreparedBatches<T> {
  private final IntFunction<T> prepare;
  private final List<T> byRows;

  PreparedBatches(int most, IntFunction<T> prepare) {
    if (most <= 0) {
      throw new IllegalArgumentException("batch: " + most + " (expected: > 0)");
    }
    this.prepare = prepare;
    this.byRows = new ArrayList<>(Collections.nCopies(most + 1, null));
  }

  /**
   * What is prepared for {@code rows} rows.
   *
   * @throws IllegalArgumentException if there are none, or more than at most
   */
  T forRows(int rows) {
    if (rows <= 0 || rows >= byRows.size()) {
      throw new IllegalArgumentException(
          "count: " + rows + " (expected: 1 … " + (byRows.size() - 1) + ")");
    }
    T found = byRows.get(rows);
    if (found == null) {
      found = prepare.apply(rows);
      byRows.set(rows, found);
    }
    return found;
  }
}
