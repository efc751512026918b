package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The sum of the outputs of several paths. It may be in the place of one of them, and the gradient
 * of one of them, which only the sum reads, in the place of the sum's.
 *
 * @param inputs what the paths hand on
 */
record AddExecution(List<Signal> inputs, Signal output) implements LinearisedExecution {

  @Override
  public void forward(OperationSequence operations) {
    sum(inputs, operations::values, operations.values(output)).forEach(operations::add);
  }

  /** What makes the sum of {@code terms}, one of which may be in its place. */
  private List<TensorOperation> sum(
      List<Signal> terms, Function<Signal, Tensor> numbers, Tensor sum) {
    List<TensorOperation> operations = new ArrayList<>();
    boolean begun = terms.stream().anyMatch(term -> term.values() == output.values());
    for (Signal term : terms) {
      if (term.values() != output.values()) {
        Accumulator into = begun ? Accumulator.adding(sum) : Accumulator.replacing(sum);
        operations.add(new Accumulate(numbers.apply(term), into));
        begun = true;
      }
    }
    return operations;
  }

  @Override
  public void backward(OperationSequence operations) {
    inputs.forEach(input -> operations.passOn(output, input));
  }

  @Override
  public void tangent(TangentSequence operations) {
    List<Signal> moving = inputs.stream().filter(operations::moves).toList();
    sum(moving, operations::tangent, operations.tangent(output)).forEach(operations::add);
  }

  @Override
  public void tangentBackward(TangentSequence operations) {
    inputs.forEach(input -> operations.passOnTangent(output, input));
  }
}
