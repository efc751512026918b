package dev.gengap.compute;

/**
 * Rows of numbers that are made when they are asked for: a backend asks for several at once, on the
 * threads that compute, where it has some. Safe for any thread.
 */
@FunctionalInterface
public interface RowSource {
  /** Writes row {@code row}, counted from 0, to the start of {@code into}. */
  void copy(int row, float[] into);

  /** The rows of {@code values}, {@code columns} numbers each, row-major. */
  static RowSource of(float[] values, int columns) {
    return (row, into) -> System.arraycopy(values, row * columns, into, 0, columns);
  }
}
