package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import java.util.List;

/** A function of each number alone; in place where input and output have the same memory. */
record ActivationExecution(Activation activation, Signal input, Signal output)
    implements LinearisedExecution {

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

  /** ẏ = φ'(x) ⊙ ẋ: all there is where φ is piecewise linear, of which the pass makes sure. */
  @Override
  public void tangent(TangentSequence operations) {
    if (input.values() != output.values()) {
      operations.add(
          new Accumulate(
              operations.tangent(input), Accumulator.replacing(operations.tangent(output))));
    }
    operations.add(
        new ActivateBackward(
            activation,
            operations.values(input),
            operations.values(output),
            operations.tangent(output)));
  }

  /** φ'(x) times the tangent of ∂y: φ'' is 0 wherever there is one. */
  @Override
  public void tangentBackward(TangentSequence operations) {
    operations.add(
        new ActivateBackward(
            activation,
            operations.values(input),
            operations.values(output),
            operations.gradientTangent(output)));
    operations.passOnTangent(output, input);
  }
}
