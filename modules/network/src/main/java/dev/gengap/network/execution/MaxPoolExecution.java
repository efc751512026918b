package dev.gengap.network.execution;

import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPoolTangent;
import dev.gengap.compute.Window;
import java.util.List;

/** The largest of each window of each channel. */
record MaxPoolExecution(Window window, Signal input, Signal output) implements LinearisedExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    operations.add(new MaxPool(operations.values(input), window, operations.values(output)));
  }

  @Override
  public void backward(OperationSequence operations) {
    operations.add(
        new MaxPoolBackward(
            operations.values(input),
            operations.values(output),
            window,
            operations.gradient(output),
            operations.inputGradient(input, output).orElseThrow()));
  }

  @Override
  public void tangent(TangentSequence operations) {
    operations.add(
        new MaxPoolTangent(
            operations.values(input),
            window,
            operations.tangent(input),
            operations.tangent(output)));
  }

  @Override
  public void tangentBackward(TangentSequence operations) {
    operations.add(
        new MaxPoolBackward(
            operations.values(input),
            operations.values(output),
            window,
            operations.gradientTangent(output),
            operations.inputGradientTangent(input, output).orElseThrow()));
  }
}
