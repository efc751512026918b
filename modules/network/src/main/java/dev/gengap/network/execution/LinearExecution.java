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
    implements LayerExecution {

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
}
