package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ChannelOperation.SplitChannels;
import java.util.List;

/**
 * The outputs of several paths, one after the other along the channels.
 *
 * @param inputs what the paths hand on; all with a gradient, or none
 */
record ConcatExecution(List<Signal> inputs, Signal output) implements LinearisedExecution {

  @Override
  public void forward(OperationSequence operations) {
    operations.add(
        new JoinChannels(
            inputs.stream().map(operations::values).toList(), operations.values(output)));
  }

  @Override
  public void backward(OperationSequence operations) {
    List<Accumulator> parts =
        inputs.stream()
            .map(input -> operations.inputGradient(input, output).orElseThrow())
            .toList();
    operations.add(new SplitChannels(operations.gradient(output), parts));
  }

  /** A part that learns nothing does not move: its tangent is the zeros it was allocated with. */
  @Override
  public void tangent(TangentSequence operations) {
    operations.add(
        new JoinChannels(
            inputs.stream().map(operations::tangent).toList(), operations.tangent(output)));
  }

  @Override
  public void tangentBackward(TangentSequence operations) {
    List<Accumulator> parts =
        inputs.stream()
            .map(input -> operations.inputGradientTangent(input, output).orElseThrow())
            .toList();
    operations.add(new SplitChannels(operations.gradientTangent(output), parts));
  }
}
