package dev.gengap.compute.reference;

import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import java.util.Arrays;
import java.util.List;

/** Numbers in an array on the host, or a view of some of them. */
final class ReferenceTensor implements Tensor {
  private final ReferenceWorkspace workspace;
  private final double[] numbers;
  private final int offset;
  private final List<Integer> shape;
  private final int size;
  private final int columns;

  ReferenceTensor(ReferenceWorkspace workspace, double[] numbers, int offset, int... shape) {
    this.workspace = workspace;
    this.numbers = numbers;
    this.offset = offset;
    this.shape = Arrays.stream(shape).boxed().toList();
    size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    columns = shape[0] > 0 ? size / shape[0] : 0;
  }

  ReferenceWorkspace workspace() {
    return workspace;
  }

  double get(int index) {
    return numbers[offset + index];
  }

  void set(int index, double value) {
    numbers[offset + index] = workspace.precision() == Precision.FLOAT32 ? (float) value : value;
  }

  /** Element (i, j) of a matrix. */
  double at(int i, int j) {
    return get(i * columns() + j);
  }

  /** this ← gradient + keep·this, whatever it holds where keep is 0. */
  void accumulate(double[] gradient, double keep) {
    for (int i = 0; i < gradient.length; i++) {
      set(i, keep == 0 ? gradient[i] : gradient[i] + keep * get(i));
    }
  }

  double[] toArray() {
    return Arrays.copyOfRange(numbers, offset, offset + size());
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
  public int columns() {
    return columns;
  }

  @Override
  public Tensor view(int start, int... sizes) {
    ReferenceTensor view = new ReferenceTensor(workspace, numbers, offset + start, sizes);
    if (start < 0 || Arrays.stream(sizes).anyMatch(s -> s < 1) || start + view.size() > size()) {
      throw new IllegalArgumentException(
          "view: "
              + Arrays.toString(sizes)
              + " from "
              + start
              + " (expected: within "
              + shape
              + ")");
    }
    return view;
  }

  @Override
  public void write(float[] values, int count) {
    workspace.requireOpen();
    for (int i = 0; i < count; i++) {
      set(i, values[i]);
    }
  }

  @Override
  public void write(double[] values, int count) {
    workspace.requireOpen();
    for (int i = 0; i < count; i++) {
      set(i, values[i]);
    }
  }

  @Override
  public void read(float[] into, int count) {
    workspace.requireOpen();
    for (int i = 0; i < count; i++) {
      into[i] = (float) get(i);
    }
  }

  @Override
  public void read(double[] into, int count) {
    workspace.requireOpen();
    System.arraycopy(numbers, offset, into, 0, count);
  }
}
