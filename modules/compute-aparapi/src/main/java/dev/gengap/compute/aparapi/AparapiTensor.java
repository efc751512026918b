package dev.gengap.compute.aparapi;

import dev.gengap.compute.RowSource;
import dev.gengap.compute.Tensor;
import java.util.Arrays;
import java.util.List;

/** A stretch of a workspace's arena. */
final class AparapiTensor implements Tensor {
  private final DeviceArena arena;
  private final int offset;
  private final List<Integer> shape;
  private final int size;

  AparapiTensor(DeviceArena arena, int offset, int... shape) {
    this.arena = arena;
    this.offset = offset;
    this.shape = Arrays.stream(shape).boxed().toList();
    this.size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  DeviceArena arena() {
    return arena;
  }

  /** Where in the arena it begins. */
  int offset() {
    return offset;
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
  public AparapiTensor view(int from, int... sizes) {
    int wanted = Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    if (from < 0 || wanted <= 0 || wanted > size - from) {
      throw new IllegalArgumentException(
          "view: " + Arrays.toString(sizes) + " at " + from + " (expected: within " + shape + ")");
    }
    return new AparapiTensor(arena, offset + from, sizes);
  }

  @Override
  public void write(float[] values, int count) {
    require(count);
    arena.write(offset, values, count);
  }

  @Override
  public void write(RowSource source, int rows) {
    require(Math.multiplyExact(rows, columns()));
    arena.write(offset, source, rows, columns());
  }

  @Override
  public void write(double[] values, int count) {
    require(count);
    float[] rounded = new float[count];
    for (int i = 0; i < count; i++) {
      rounded[i] = (float) values[i];
    }
    arena.write(offset, rounded, count);
  }

  @Override
  public void read(float[] into, int count) {
    require(count);
    arena.read(offset, into, count);
  }

  @Override
  public void read(double[] into, int count) {
    require(count);
    float[] values = new float[count];
    arena.read(offset, values, count);
    for (int i = 0; i < count; i++) {
      into[i] = values[i];
    }
  }

  private void require(int count) {
    arena.requireOpen();
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("count: " + count + " (expected: 0 … " + size + ")");
    }
  }

  @Override
  public String toString() {
    return "AparapiTensor" + shape;
  }
}
