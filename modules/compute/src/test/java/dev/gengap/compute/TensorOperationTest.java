package dev.gengap.compute;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorOperationTest {

  @Test
  void matmul_shapesThatDoNotMeet_areRefused() {
    Factor left = Factor.of(shaped(2, 3));
    assertThatThrownBy(() -> new Matmul(left, Factor.of(shaped(2, 3)), 0, shaped(2, 3)))
        .hasMessage("right rows: 2 (expected: 3)");
    assertThatThrownBy(() -> new Matmul(left, Factor.transposed(shaped(4, 3)), 0, shaped(2, 3)))
        .hasMessage("out: [2, 3] (expected: [2, 4])");
  }

  @Test
  void factor_vector_isRefused() {
    assertThatThrownBy(() -> Factor.of(shaped(3)))
        .hasMessage("factor: [3] (expected: a matrix, (row, column))");
  }

  @Test
  void addBias_wrongWidth_isRefused() {
    assertThatThrownBy(() -> new AddBias(shaped(2, 3), shaped(2)))
        .hasMessage("bias: [2] (expected: [3])");
  }

  @Test
  void reluBackward_otherShape_isRefused() {
    assertThatThrownBy(
            () -> ActivateBackward.inPlace(new Activation.Relu(), shaped(2, 3), shaped(3, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void maxPool_windowThatMaySeeOnlyPadding_isRefused() {
    assertThatThrownBy(
            () -> new MaxPool(shaped(1, 1, 2, 2), Window.square(1, 1, 1), shaped(1, 1, 4, 4)))
        .hasMessageStartingWith("window: ")
        .hasMessageEndingWith("(expected: less padding than kernel)");
  }

  private static Tensor shaped(int... sizes) {
    return new ShapeOnly(Arrays.stream(sizes).boxed().toList());
  }

  private record ShapeOnly(List<Integer> shape) implements Tensor {
    @Override
    public Tensor view(int offset, int... sizes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(float[] values, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(double[] values, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void read(float[] into, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void read(double[] into, int count) {
      throw new UnsupportedOperationException();
    }
  }
}
