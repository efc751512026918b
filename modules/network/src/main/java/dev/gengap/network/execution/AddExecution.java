package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.Tensor;
import java.util.List;

/**
 * The sum of the outputs of several paths. It may be in the place of one of them, and the gradient
 * of one of them, which only the sum reads, in the place of the sum's.
 *
 * @param inputs what the paths hand on
 */
record AddExecution(List<Signal> inputs, Signal output) implements LinearisedExecution {

  @Override
  public void forward(OperationSequence operations) {
    Tensor sum = operations.values(output);
    boolean begun = inputs.stream().anyMatch(input -> input.values() == output.values());
    for (Signal input : inputs) {
      if (input.values() != output.values()) {
        Accumulator into = begun ? Accumulator.adding(sum) : Accumulator.replacing(sum);
        operations.add(new Accumulate(operations.values(input), into));
        begun = true;
      }
    }
  }

  @Override
  public void backward(OperationSequence operations) {
    inputs.forEach(input -> operations.passOn(output, input));
  }

  @Override
  public void tangent(TangentSequence operations) {
    Tensor sum = operations.tangent(output);
    List<Signal> moving = inputs.stream().filter(operations::moves).toList();
    boolean begun = moving.stream().anyMatch(input -> input.values() == output.values());
    for (Signal input : moving) {
      if (input.values() != output.values()) {
        Accumulator into = begun ? Accumulator.adding(sum) : Accumulator.replacing(sum);
        operations.add(new Accumulate(operations.tangent(input), into));
        begun = true;
      }
    }
  }

  @Override
  public void tangentBackward(TangentSequence operations) {
    inputs.stream()
        .filter(operations::moves)
        .forEach(input -> operations.passOnTangent(output, input));
  }
}
