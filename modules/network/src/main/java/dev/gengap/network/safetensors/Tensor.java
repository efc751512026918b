package dev.gengap.network.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A tensor of a safetensors file. Immutable; the bytes are a view of the file's.
 *
 * @param type of its elements
 * @param shape sizes, outermost first
 * @param bytes its elements, row-major, little-endian
 */
public record Tensor(DType type, List<Integer> shape, ByteBuffer bytes) {
  public Tensor {
    shape = List.copyOf(shape);
    bytes = bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long expected = (long) shape.stream().reduce(1, Math::multiplyExact) * type.bytes();
    if (bytes.remaining() != expected) {
      throw new IllegalArgumentException(
          "bytes: " + bytes.remaining() + " (expected: " + expected + " for shape " + shape + ")");
    }
  }

  /** A float32 tensor holding a copy of {@code values}. */
  public static Tensor of(List<Integer> shape, float[] values) {
    ByteBuffer bytes = allocate(values.length, DType.F32);
    bytes.asFloatBuffer().put(values);
    return new Tensor(DType.F32, shape, bytes);
  }

  /** An int64 tensor holding a copy of {@code values}. */
  public static Tensor of(List<Integer> shape, long[] values) {
    ByteBuffer bytes = allocate(values.length, DType.I64);
    bytes.asLongBuffer().put(values);
    return new Tensor(DType.I64, shape, bytes);
  }

  /** Number of elements. */
  public int size() {
    return bytes.remaining() / type.bytes();
  }

  /**
   * A copy of the elements of an F32 tensor, or those of an F64 tensor rounded to the nearest
   * float32.
   *
   * @throws IllegalStateException for integers
   */
  public float[] floats() {
    float[] values = new float[size()];
    copyFloats(0, values, values.length);
    return values;
  }

  /**
   * Writes elements {@code from} … {@code from + count − 1} into the start of {@code into}, rounded
   * as by {@link #floats}.
   */
  void copyFloats(int from, float[] into, int count) {
    switch (type) {
      case F32 -> elements().asFloatBuffer().position(from).get(into, 0, count);
      case F64 -> {
        ByteBuffer view = elements();
        for (int i = 0; i < count; i++) {
          into[i] = (float) view.getDouble((from + i) * type.bytes());
        }
      }
      default -> throw new IllegalStateException("dtype: " + type + " (expected: F32 or F64)");
    }
  }

  /**
   * A copy of the elements of an I64 tensor.
   *
   * @throws IllegalStateException for other types
   */
  public long[] longs() {
    if (type != DType.I64) {
      throw new IllegalStateException("dtype: " + type + " (expected: I64)");
    }
    long[] values = new long[size()];
    elements().asLongBuffer().get(values);
    return values;
  }

  /** A view of the bytes from index 0 with a position of its own. */
  ByteBuffer elements() {
    return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer allocate(int elements, DType type) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
