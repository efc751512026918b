package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorOperation.AddBias;
import dev.gengap.compute.TensorOperation.ColumnSum;
import dev.gengap.compute.TensorOperation.Factor;
import dev.gengap.compute.TensorOperation.Matmul;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * y = x Wᵀ + b; backward ∂W = ∂yᵀ x, ∂b = column sums of ∂y, ∂x = ∂y W.
 *
 * @param input x: (batch, in)
 * @param parameters W: (out, in), b: (out), and what receives their gradients
 * @param output y: (batch, out)
 */
record LinearExecution(Signal input, Parameters parameters, Signal output)
    implements LayerExecution {

  /**
   * A linear layer's parameters.
   *
   * @param weight (out, in)
   * @param bias (out); empty without one
   * @param learning what receives the gradients; empty where nothing learns
   */
  record Parameters(Tensor weight, Optional<Tensor> bias, Optional<Learning> learning) {}

  /**
   * Where the gradients go: each gradient is added to {@code keep} times what was there.
   *
   * @param weight (out, in)
   * @param bias (out); empty without one
   */
  record Learning(Tensor weight, Optional<Tensor> bias, double keep) {}

  @Override
  public List<TensorOperation> forward(int rows) {
    Tensor x = input.firstRows(rows).values();
    Tensor y = output.firstRows(rows).values();
    List<TensorOperation> operations = new ArrayList<>();
    operations.add(new Matmul(Factor.of(x), Factor.transposed(parameters.weight()), 0, y));
    parameters.bias().ifPresent(bias -> operations.add(new AddBias(y, bias)));
    return operations;
  }

  @Override
  public List<TensorOperation> backward(int rows) {
    Signal in = input.firstRows(rows);
    Tensor dy = output.firstRows(rows).gradient().orElseThrow();
    Learning learning = parameters.learning().orElseThrow();
    List<TensorOperation> operations = new ArrayList<>();
    operations.add(
        new Matmul(
            Factor.transposed(dy), Factor.of(in.values()), learning.keep(), learning.weight()));
    learning.bias().ifPresent(bias -> operations.add(new ColumnSum(dy, learning.keep(), bias)));
    in.gradient()
        .ifPresent(
            dx -> operations.add(new Matmul(Factor.of(dy), Factor.of(parameters.weight()), 0, dx)));
    return operations;
  }
}
