package dev.gengap.compute.nd4j;

import dev.gengap.compute.RowSource;
import dev.gengap.compute.Tensor;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A stretch of an off-heap array, which the host reads and writes through a direct buffer. */
final class Nd4jTensor implements Tensor {
  private final Nd4jWorkspace workspace;
  private final INDArray root;
  private final Buffer elements;
  private final int offset;
  private final List<Integer> shape;
  private final int size;

  private Nd4jTensor(
      Nd4jWorkspace workspace, INDArray root, Buffer elements, int offset, int... shape) {
    this.workspace = workspace;
    this.root = root;
    this.elements = elements;
    this.offset = offset;
    this.shape = Arrays.stream(shape).boxed().toList();
    this.size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  static Nd4jTensor whole(Nd4jWorkspace workspace, INDArray root, int... shape) {
    return new Nd4jTensor(workspace, root, root.data().pointer().asBuffer(), 0, shape);
  }

  Nd4jWorkspace workspace() {
    return workspace;
  }

  /** A new ND4J array over the same numbers. */
  INDArray array() {
    long[] sizes = shape.stream().mapToLong(Integer::longValue).toArray();
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sizes[i];
    }
    return Nd4j.create(root.data(), sizes, strides, offset, 'c');
  }

  @Override
  public List<Integer> shape() {
    return shape;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Nd4jTensor view(int from, int... sizes) {
    int wanted = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    if (from < 0 || wanted <= 0 || wanted > size - from) {
      throw new IllegalArgumentException(
          "view: " + Arrays.toString(sizes) + " at " + from + " (expected: within " + shape + ")");
    }
    return new Nd4jTensor(workspace, root, elements, offset + from, sizes);
  }

  @Override
  public void write(float[] values, int count) {
    require(count);
    write(0, values, count);
  }

  @Override
  public void write(RowSource source, int rows) {
    require(Math.multiplyExact(rows, columns()));
    workspace.write(source, this, rows);
  }

  /** Replaces elements from {@code at} on. */
  void write(int at, float[] values, int count) {
    if (elements instanceof FloatBuffer floats) {
      floats.put(offset + at, values, 0, count);
    } else if (elements instanceof DoubleBuffer doubles) {
      for (int i = 0; i < count; i++) {
        doubles.put(offset + at + i, values[i]);
      }
    }
  }

  @Override
  public void write(double[] values, int count) {
    require(count);
    if (elements instanceof DoubleBuffer doubles) {
      doubles.put(offset, values, 0, count);
    } else if (elements instanceof FloatBuffer floats) {
      for (int i = 0; i < count; i++) {
        floats.put(offset + i, (float) values[i]);
      }
    }
  }

  @Override
  public void read(float[] into, int count) {
    require(count);
    if (elements instanceof FloatBuffer floats) {
      floats.get(offset, into, 0, count);
    } else if (elements instanceof DoubleBuffer doubles) {
      for (int i = 0; i < count; i++) {
        into[i] = (float) doubles.get(offset + i);
      }
    }
  }

  @Override
  public void read(double[] into, int count) {
    require(count);
    if (elements instanceof DoubleBuffer doubles) {
      doubles.get(offset, into, 0, count);
    } else if (elements instanceof FloatBuffer floats) {
      for (int i = 0; i < count; i++) {
        into[i] = floats.get(offset + i);
      }
    }
  }

  /** Whether it is the same numbers, whatever the shape. */
  boolean sameElements(Nd4jTensor other) {
    return root == other.root && offset == other.offset && size == other.size;
  }

  boolean isDouble() {
    return elements instanceof DoubleBuffer;
  }

  /** Where the array begins; the tensor's elements begin at its {@link #offset}. */
  Pointer pointer() {
    return root.data().pointer();
  }

  int offset() {
    return offset;
  }

  /** One element, for kernels. */
  double get(int at) {
    return elements instanceof FloatBuffer floats
        ? floats.get(offset + at)
        : ((DoubleBuffer) elements).get(offset + at);
  }

  /** Replaces one element, for kernels. */
  void set(int at, double value) {
    if (elements instanceof FloatBuffer floats) {
      floats.put(offset + at, (float) value);
    } else {
      ((DoubleBuffer) elements).put(offset + at, value);
    }
  }

  /** Copies elements from {@code at} on to a row of a kernel. */
  void load(int at, float[] into, int count) {
    ((FloatBuffer) elements).get(offset + at, into, 0, count);
  }

  void load(int at, double[] into, int count) {
    ((DoubleBuffer) elements).get(offset + at, into, 0, count);
  }

  /** Replaces elements from {@code at} on by those of a kernel's row. */
  void store(int at, float[] from, int count) {
    ((FloatBuffer) elements).put(offset + at, from, 0, count);
  }

  void store(int at, double[] from, int count) {
    ((DoubleBuffer) elements).put(offset + at, from, 0, count);
  }

  /** Copies {@code count} elements of {@code source} to {@code at} of this one. */
  void copy(int at, Nd4jTensor source, int from, int count) {
    if (elements instanceof FloatBuffer floats) {
      floats.put(offset + at, (FloatBuffer) source.elements, source.offset + from, count);
    } else {
      ((DoubleBuffer) elements)
          .put(offset + at, (DoubleBuffer) source.elements, source.offset + from, count);
    }
  }

  private void require(int count) {
    workspace.requireOpen();
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("count: " + count + " (expected: 0 … " + size + ")");
    }
  }

  @Override
  public String toString() {
    return "Nd4jTensor" + shape;
  }
}
