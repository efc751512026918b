package dev.gengap.network.execution;

import dev.gengap.compute.Activation;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import java.util.List;

/** A function of each number alone; in place where input and output have the same memory. */
record ActivationExecution(Activation activation, Signal input, Signal output)
    implements LayerExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    operations.add(new Activate(activation, operations.values(input), operations.values(output)));
  }

  @Override
  public void backward(OperationSequence operations) {
    operations.add(
        new ActivateBackward(
            activation,
            operations.values(input),
            operations.values(output),
            operations.gradient(output)));
    operations.passOn(output, input);
  }
}
