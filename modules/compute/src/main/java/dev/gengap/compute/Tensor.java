package dev.gengap.compute;

import java.util.List;

/**
 * Numbers on a device, row-major; or a view of some of another tensor's, which shares them. Belongs
 * to its workspace, which frees it. Confined to the workspace's thread.
 */
public interface Tensor {
  /** One to four sizes, such as (elements), (row, column), (batch, channel, height, width). */
  List<Integer> shape();

  /** Number of elements. */
  default int size() {
    return shape().stream().reduce(1, Math::multiplyExact);
  }

  /** Number of rows: the first size. */
  default int rows() {
    return shape().get(0);
  }

  /** Elements of one row. */
  default int columns() {
    return size() / rows();
  }

  /**
   * A view of the elements from {@code offset} on, as {@code shape}.
   *
   * @throws IllegalArgumentException if they do not lie within this tensor
   */
  Tensor view(int offset, int... shape);

  /** A view of the first {@code rows} rows, for a batch that is not full. */
  default Tensor firstRows(int rows) {
    int[] sizes = shape().stream().mapToInt(Integer::intValue).toArray();
    sizes[0] = rows;
    return view(0, sizes);
  }

  /** Replaces the first {@code count} elements by those of {@code values}. */
  void write(float[] values, int count);

  /** Replaces the first {@code count} elements by those of {@code values}. */
  void write(double[] values, int count);

  /** Replaces the first {@code rows} rows by those of {@code source}. */
  default void write(RowSource source, int rows) {
    Tensor first = firstRows(rows);
    int columns = columns();
    float[] row = new float[columns];
    for (int i = 0; i < rows; i++) {
      source.copy(i, row);
      first.view(i * columns, columns).write(row, columns);
    }
  }

  /** Copies the first {@code count} elements to the start of {@code into}. */
  void read(float[] into, int count);

  /** Copies the first {@code count} elements to the start of {@code into}. */
  void read(double[] into, int count);
}
