package dev.gengap.network;

import java.util.List;

/**
 * A named tensor's contents: float32, row-major. The array is shared, not copied: treat it as
 * immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: compared by content hash, never by equals
public record FloatArray(List<Integer> shape, float[] values) {
  public FloatArray {
    shape = List.copyOf(shape);
    int size = shape.stream().reduce(1, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          "values: " + values.length + " (expected: " + size + " for shape " + shape + ")");
    }
  }
}
