package dev.gengap.measures.api;

/**
 * A dense matrix in double precision, row-major. The array is shared, not copied: treat it as
 * immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
public record Matrix(int rows, int columns, double[] values) {
  public Matrix {
    if ((long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "values: " + values.length + " (expected: " + rows + " × " + columns + ")");
    }
  }

  /** The element of {@code row} and {@code column}. */
  public double get(int row, int column) {
    return values[row * columns + column];
  }
}
