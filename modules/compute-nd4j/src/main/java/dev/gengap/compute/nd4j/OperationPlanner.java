package dev.gengap.compute.nd4j;

import dev.gengap.compute.Activation;
import dev.gengap.compute.ChannelOperation;
import dev.gengap.compute.ConvolutionOperation;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.MatrixOperation;
import dev.gengap.compute.NormalisationOperation;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.Operation;
import dev.gengap.compute.PointwiseOperation;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PoolingOperation;
import dev.gengap.compute.PoolingOperation.AveragePoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prepares a list of operations, and runs neighbours as one where that saves going through memory
 * once more: a ReLU with the batch norm before it, and their gradients.
 */
final class OperationPlanner {
  private final Nd4jWorkspace workspace;
  private final NormalisationPreparer normalisations;

  OperationPlanner(Nd4jWorkspace workspace) {
    this.workspace = workspace;
    this.normalisations = new NormalisationPreparer(workspace);
  }

  Operation plan(List<TensorOperation> operations) {
    workspace
        .scratchMemory()
        .reserve(operations.stream().mapToInt(this::scratchSize).max().orElse(0));
    List<Operation> steps = new ArrayList<>();
    int next = 0;
    while (next < operations.size()) {
      TensorOperation operation = operations.get(next);
      Optional<Operation> both =
          next + 1 < operations.size()
              ? fuse(operation, operations.get(next + 1))
              : Optional.empty();
      steps.add(both.orElseGet(() -> prepare(operation)));
      next += both.isPresent() ? 2 : 1;
    }
    return Sequence.of(steps);
  }

  private int scratchSize(TensorOperation operation) {
    if (operation instanceof ConvolveBackward backward) {
      return new ConvolutionPreparer(workspace).scratchSize(backward);
    }
    if (operation instanceof MaxPoolBackward backward) {
      return GradientTargets.scratchSize(backward.inputGradient());
    }
    return operation instanceof AveragePoolBackward backward
        ? GradientTargets.scratchSize(backward.inputGradient())
        : 0;
  }

  private Optional<Operation> fuse(TensorOperation first, TensorOperation second) {
    if (second instanceof Activate relu && isRelu(relu.activation())) {
      if (first instanceof BatchNorm norm && isInPlace(relu, norm.output())) {
        return Optional.of(normalisations.batchNorm(norm, true));
      }
      if (first instanceof BatchNormInference norm && isInPlace(relu, norm.output())) {
        return Optional.of(normalisations.batchNormInference(norm, true));
      }
    }
    if (first instanceof ActivateBackward relu
        && isRelu(relu.activation())
        && second instanceof BatchNormBackward norm
        && same(relu.gradient(), norm.outputGradient())) {
      Nd4jTensor output = workspace.own(relu.output());
      return Optional.of(normalisations.batchNormBackward(norm, Optional.of(output)));
    }
    return Optional.empty();
  }

  private static boolean isRelu(Activation activation) {
    return activation instanceof Activation.Relu;
  }

  private boolean isInPlace(Activate activate, Tensor values) {
    return same(activate.input(), values) && same(activate.output(), values);
  }

  private boolean same(Tensor a, Tensor b) {
    return workspace.own(a).sameElements(workspace.own(b));
  }

  private Operation prepare(TensorOperation operation) {
    if (operation instanceof MatrixOperation matrix) {
      return new MatrixPreparer(workspace).prepare(matrix);
    }
    if (operation instanceof PointwiseOperation pointwise) {
      return new PointwisePreparer(workspace).prepare(pointwise);
    }
    if (operation instanceof ConvolutionOperation convolution) {
      return new ConvolutionPreparer(workspace).prepare(convolution);
    }
    if (operation instanceof PoolingOperation pooling) {
      return new PoolingPreparer(workspace).prepare(pooling);
    }
    if (operation instanceof NormalisationOperation normalisation) {
      return normalisations.prepare(normalisation);
    }
    return new ChannelPreparer(workspace).prepare((ChannelOperation) operation);
  }
}
