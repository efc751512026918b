package dev.gengap.compute.nd4j;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Operation;
import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.Precision;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Off-heap arrays of ND4J, its operations on them, and kernels of the host. */
final class Nd4jWorkspace implements Workspace {
  private final Precision precision;
  private final HostThreads threads;
  private final ScratchMemory scratchMemory = new ScratchMemory(this);
  private final InputKernel input;
  private final List<INDArray> allocated = new ArrayList<>();
  private boolean closed;

  Nd4jWorkspace(Precision precision, int threads) {
    this.precision = precision;
    this.threads = new HostThreads(threads, precision);
    this.input = new InputKernel(threads);
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
  public Operation prepare(List<TensorOperation> operations) {
    requireOpen();
    return new OperationPlanner(this).plan(operations);
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
  public ParameterUpdate prepareUpdate(
      UpdateRule rule, Tensor weights, Tensor gradient, List<Tensor> state) {
    requireOpen();
    return new HostUpdate(
        this, rule, own(weights), own(gradient), state.stream().map(this::own).toList());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      threads.close();
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

  ScratchMemory scratchMemory() {
    return scratchMemory;
  }

  /** Number of threads that run a kernel. */
  int threads() {
    return threads.count();
  }

  /** {@code kernel} as an operation. */
  Operation host(HostKernel kernel) {
    threads.reserve(kernel);
    return () -> {
      requireOpen();
      threads.run(kernel);
    };
  }

  /** Writes rows from outside, on all threads. */
  void write(RowSource source, Nd4jTensor into, int rows) {
    threads.run(input.of(source, into, rows));
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("workspace: closed (expected: open)");
    }
  }

  Nd4jTensor own(Tensor tensor) {
    if (tensor instanceof Nd4jTensor mine && mine.workspace() == this) {
      return mine;
    }
    throw new IllegalArgumentException("tensor: " + tensor + " (expected: one of this workspace)");
  }

  AccumulatingTensor own(Accumulator accumulator) {
    return new AccumulatingTensor(own(accumulator.tensor()), accumulator.keep());
  }
}
