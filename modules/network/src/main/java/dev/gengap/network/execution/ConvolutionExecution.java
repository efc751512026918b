package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import dev.gengap.network.layer.Conv2d;
import java.util.List;
import java.util.Optional;

/** A convolution: of (in, height, width) to (out, output height, output width). */
record ConvolutionExecution(Conv2d layer, LayerParameters parameters, Signal input, Signal output)
    implements LayerExecution {

  @Override
  public List<Signal> inputs() {
    return List.of(input);
  }

  @Override
  public void forward(OperationSequence operations) {
    Optional<Tensor> bias = layer.bias() ? Optional.of(parameters.value("bias")) : Optional.empty();
    operations.add(
        new Convolve(
            operations.values(input),
            parameters.value("weight"),
            bias,
            window(),
            operations.values(output)));
  }

  @Override
  public void backward(OperationSequence operations) {
    Optional<Accumulator> bias =
        layer.bias() ? Optional.of(parameters.gradient("bias")) : Optional.empty();
    operations.add(
        new ConvolveBackward(
            operations.values(input),
            parameters.value("weight"),
            window(),
            operations.gradient(output),
            new Gradients(
                parameters.gradient("weight"), bias, operations.inputGradient(input, output))));
  }

  private Window window() {
    return layer.window(input.shape());
  }
}
