package dev.gengap.compute.nd4j;

import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorOperation.AddBias;
import dev.gengap.compute.TensorOperation.ColumnSum;
import dev.gengap.compute.TensorOperation.Matmul;
import dev.gengap.compute.TensorOperation.Relu;
import dev.gengap.compute.TensorOperation.ReluBackward;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Off-heap arrays of ND4J and its custom operations, each with a context of its own. */
final class Nd4jWorkspace implements Workspace {
  private final Precision precision;
  private final List<INDArray> allocated = new ArrayList<>();
  private boolean closed;

  Nd4jWorkspace(Precision precision) {
    this.precision = precision;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Tensor allocate(TensorRole role, int... shape) {
    return allocate(shape);
  }

  @Override
  public Operation prepare(TensorOperation operation) {
    requireOpen();
    if (operation instanceof Matmul matmul) {
      return prepare(matmul);
    }
    if (operation instanceof AddBias add) {
      Nd4jTensor values = own(add.values());
      return CustomOperation.named("biasadd")
          .inputs(values, own(add.bias()))
          .output(values)
          .in(this);
    }
    if (operation instanceof ColumnSum columns) {
      return prepare(columns);
    }
    if (operation instanceof Relu relu) {
      Nd4jTensor values = own(relu.values());
      return CustomOperation.named("relu").inputs(values).numbers(0).output(values).in(this);
    }
    if (operation instanceof ReluBackward backward) {
      Nd4jTensor gradient = own(backward.gradient());
      return CustomOperation.named("relu_bp")
          .inputs(own(backward.output()), gradient)
          .numbers(0)
          .output(gradient)
          .in(this);
    }
    throw new IllegalArgumentException(
        "operation: " + operation + " (expected: one that the ND4J backend knows)");
  }

  @Override
  public CrossEntropy prepareCrossEntropy(Tensor logits, Tensor gradient) {
    requireOpen();
    return new HostCrossEntropy(own(logits), own(gradient));
  }

  @Override
  public SgdUpdate prepareSgdUpdate(Tensor weights, Tensor velocity, double weightDecay) {
    requireOpen();
    return new Nd4jSgdUpdate(this, own(weights), own(velocity), weightDecay);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      allocated.forEach(INDArray::close);
      allocated.clear();
    }
  }

  Nd4jTensor allocate(int... shape) {
    requireOpen();
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    INDArray array =
        Nd4j.create(precision == Precision.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE, size);
    allocated.add(array);
    return Nd4jTensor.whole(this, array, shape);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("workspace: closed (expected: open)");
    }
  }

  private Operation prepare(Matmul matmul) {
    return CustomOperation.named("matmul")
        .inputs(own(matmul.left().matrix()), own(matmul.right().matrix()))
        .numbers(1, matmul.keep())
        .integers(matmul.left().transposed() ? 1 : 0, matmul.right().transposed() ? 1 : 0, 0)
        .output(own(matmul.out()))
        .in(this);
  }

  /** A row of ones times the matrix: a GEMM, so that what stays of the sum rides in its beta. */
  private Operation prepare(ColumnSum columns) {
    Nd4jTensor values = own(columns.values());
    Nd4jTensor ones = allocate(1, values.rows());
    double[] one = new double[values.rows()];
    Arrays.fill(one, 1);
    ones.write(one, one.length);
    return CustomOperation.named("matmul")
        .inputs(ones, values)
        .numbers(1, columns.keep())
        .integers(0, 0, 0)
        .output(own(columns.sum()).view(0, 1, values.columns()))
        .in(this);
  }

  private Nd4jTensor own(Tensor tensor) {
    if (tensor instanceof Nd4jTensor mine && mine.workspace() == this) {
      return mine;
    }
    throw new IllegalArgumentException("tensor: " + tensor + " (expected: one of this workspace)");
  }
}
