package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.ColumnSum;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Tensor;
import dev.gengap.network.layer.Linear;
import java.util.List;

/**
 * y = x Wᵀ + b; backward ∂W = ∂yᵀ x, ∂b = column sums of ∂y, ∂x = ∂y W.
 *
 * @param input x: (in)
 * @param output y: (out)
 */
record LinearExecution(Linear layer, LayerParameters parameters, Signal input, Signal output)
    implements LinearisedExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    Factor x = Factor.of(operations.values(input));
    Tensor y = operations.values(output);
    operations.add(new Matmul(x, Factor.transposed(parameters.value("weight")), 0, y));
    if (layer.bias()) {
      operations.add(new AddBias(y, parameters.value("bias")));
    }
  }

  @Override
  public void backward(OperationSequence operations) {
    Tensor dy = operations.gradient(output);
    Factor x = Factor.of(operations.values(input));
    Accumulator weight = parameters.gradient("weight");
    operations.add(new Matmul(Factor.transposed(dy), x, weight.keep(), weight.tensor()));
    if (layer.bias()) {
      Accumulator bias = parameters.gradient("bias");
      operations.add(new ColumnSum(dy, bias.keep(), bias.tensor()));
    }
    Factor w = Factor.of(parameters.value("weight"));
    operations
        .inputGradient(input, output)
        .ifPresent(dx -> operations.add(new Matmul(Factor.of(dy), w, dx.keep(), dx.tensor())));
  }

  /** ẏ = x Ẇᵀ + ẋ Wᵀ + ḃ. */
  @Override
  public void tangent(TangentSequence operations) {
    Factor x = Factor.of(operations.values(input));
    Tensor y = operations.tangent(output);
    Tensor weight = operations.direction(parameters, "weight");
    operations.add(new Matmul(x, Factor.transposed(weight), 0, y));
    if (operations.moves(input)) {
      Factor moving = Factor.of(operations.tangent(input));
      operations.add(new Matmul(moving, Factor.transposed(parameters.value("weight")), 1, y));
    }
    if (layer.bias()) {
      operations.add(new AddBias(y, operations.direction(parameters, "bias")));
    }
  }

  /** The tangents of ∂yᵀ x, of the column sums of ∂y and of ∂y W. */
  @Override
  public void tangentBackward(TangentSequence operations) {
    Tensor moving = operations.gradientTangent(output);
    Tensor weight = operations.product(parameters, "weight");
    Factor x = Factor.of(operations.values(input));
    operations.add(new Matmul(Factor.transposed(moving), x, 0, weight));
    if (layer.bias()) {
      operations.add(new ColumnSum(moving, 0, operations.product(parameters, "bias")));
    }
    if (!operations.moves(input)) {
      return;
    }
    Tensor dy = operations.gradient(output);
    Factor movingX = Factor.of(operations.tangent(input));
    operations.add(new Matmul(Factor.transposed(dy), movingX, 1, weight));
    Accumulator dx = operations.inputGradientTangent(input, output).orElseThrow();
    Factor w = Factor.of(parameters.value("weight"));
    Factor movingW = Factor.of(operations.direction(parameters, "weight"));
    operations.add(new Matmul(Factor.of(moving), w, dx.keep(), dx.tensor()));
    operations.add(new Matmul(Factor.of(dy), movingW, 1, dx.tensor()));
  }
}
