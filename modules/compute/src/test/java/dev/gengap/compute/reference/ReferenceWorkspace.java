package dev.gengap.compute.reference;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ChannelOperation;
import dev.gengap.compute.ConvolutionOperation;
import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.MatrixOperation;
import dev.gengap.compute.NormalisationOperation;
import dev.gengap.compute.Operation;
import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.PointwiseOperation;
import dev.gengap.compute.PoolingOperation;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.Workspace;
import java.util.Arrays;
import java.util.List;

/** Arrays on the host. */
final class ReferenceWorkspace implements Workspace {
  private final Precision precision;
  private boolean closed;

  ReferenceWorkspace(Precision precision) {
    this.precision = precision;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public ReferenceTensor allocate(TensorRole role, int... shape) {
    requireOpen();
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return new ReferenceTensor(this, new double[size], 0, shape);
  }

  @Override
  public Operation prepare(List<TensorOperation> operations) {
    requireOpen();
    List<Operation> steps = operations.stream().map(this::step).toList();
    return () -> {
      requireOpen();
      steps.forEach(Operation::run);
    };
  }

  private Operation step(TensorOperation operation) {
    if (operation instanceof MatrixOperation matrix) {
      return new ReferenceMatrices(this).prepare(matrix);
    }
    if (operation instanceof PointwiseOperation pointwise) {
      return new ReferencePointwise(this).prepare(pointwise);
    }
    if (operation instanceof ConvolutionOperation convolution) {
      return new ReferenceConvolutions(this).prepare(convolution);
    }
    if (operation instanceof PoolingOperation pooling) {
      return new ReferencePooling(this).prepare(pooling);
    }
    if (operation instanceof NormalisationOperation normalisation) {
      return new ReferenceNormalisations(this).prepare(normalisation);
    }
    return new ReferenceChannels(this).prepare((ChannelOperation) operation);
  }

  @Override
  public CrossEntropy prepareCrossEntropy(Tensor logits, Tensor gradient) {
    requireOpen();
    return new ReferenceCrossEntropy(own(logits), own(gradient));
  }

  @Override
  public SgdUpdate prepareSgdUpdate(Tensor weights, Tensor velocity, double weightDecay) {
    requireOpen();
    return ReferenceUpdates.sgd(own(weights), own(velocity), weightDecay);
  }

  @Override
  public ParameterUpdate prepareUpdate(
      UpdateRule rule, Tensor weights, Tensor gradient, List<Tensor> state) {
    requireOpen();
    return new ReferenceUpdates(own(weights), own(gradient), state.stream().map(this::own).toList())
        .prepare(rule);
  }

  @Override
  public void close() {
    closed = true;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("workspace: closed (expected: open)");
    }
  }

  ReferenceTensor own(Tensor tensor) {
    if (tensor instanceof ReferenceTensor mine && mine.workspace() == this) {
      return mine;
    }
    throw new IllegalArgumentException("tensor: " + tensor + " (expected: one of this workspace)");
  }

  Sink sink(Accumulator into) {
    return new Sink(own(into.tensor()), into.keep());
  }

  /** An accumulator of this workspace. */
  record Sink(ReferenceTensor tensor, double keep) {
    void accept(double[] gradient) {
      tensor.accumulate(gradient, keep);
    }
  }
}
