package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Multiply;
import dev.gengap.compute.Tensor;
import java.util.List;

/**
 * Inverted dropout in training: what a mask keeps of the input, scaled so that the mean stays.
 *
 * @param mask the factors of a full batch: (batch, features)
 */
record DropoutExecution(DropoutMask mask, Signal input, Signal output) implements LayerExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    Tensor values = operations.values(output);
    if (output.values() != input.values()) {
      operations.add(new Accumulate(operations.values(input), Accumulator.replacing(values)));
    }
    operations.add(new Multiply(values, mask.factors(operations.rows())));
  }

  @Override
  public void backward(OperationSequence operations) {
    operations.add(new Multiply(operations.gradient(output), mask.factors(operations.rows())));
    operations.passOn(output, input);
  }
}
