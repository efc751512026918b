package dev.gengap.network.execution;

import dev.gengap.compute.PoolingOperation.AveragePool;
import dev.gengap.compute.PoolingOperation.AveragePoolBackward;
import dev.gengap.compute.Window;
import java.util.List;

/** The mean of each window of each channel. */
record AveragePoolExecution(Window window, Signal input, Signal output)
    implements LinearisedExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    operations.add(new AveragePool(operations.values(input), window, operations.values(output)));
  }

  @Override
  public void backward(OperationSequence operations) {
    operations.add(
        new AveragePoolBackward(
            window,
            operations.gradient(output),
            operations.inputGradient(input, output).orElseThrow()));
  }

  @Override
  public void tangent(TangentSequence operations) {
    operations.add(new AveragePool(operations.tangent(input), window, operations.tangent(output)));
  }

  @Override
  public void tangentBackward(TangentSequence operations) {
    operations.add(
        new AveragePoolBackward(
            window,
            operations.gradientTangent(output),
            operations.inputGradientTangent(input, output).orElseThrow()));
  }
}
