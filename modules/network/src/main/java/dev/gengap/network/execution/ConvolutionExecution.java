package dev.gengap.network.execution;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import dev.gengap.network.layer.Conv2d;
import java.util.List;
import java.util.Optional;

/** A convolution: of (in, height, width) to (out, output height, output width). */
record ConvolutionExecution(Conv2d layer, LayerParameters parameters, Signal input, Signal output)
    implements LinearisedExecution {

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

  /** ẏ = x ⋆ Ẇ + ẋ ⋆ W + ḃ. */
  @Override
  public void tangent(TangentSequence operations) {
    Tensor y = operations.tangent(output);
    Optional<Tensor> bias =
        layer.bias() ? Optional.of(operations.direction(parameters, "bias")) : Optional.empty();
    Tensor weight = operations.direction(parameters, "weight");
    operations.add(new Convolve(operations.values(input), weight, bias, window(), y));
    if (operations.moves(input)) {
      Tensor more = operations.scratch(output);
      operations.add(
          new Convolve(
              operations.tangent(input),
              parameters.value("weight"),
              Optional.empty(),
              window(),
              more));
      operations.add(new Accumulate(more, Accumulator.adding(y)));
    }
  }

  /** The gradients of x ⋆ W as ∂y moves, and those of ẋ ⋆ Ẇ as it is. */
  @Override
  public void tangentBackward(TangentSequence operations) {
    Tensor weight = operations.product(parameters, "weight");
    Optional<Accumulator> bias =
        layer.bias()
            ? Optional.of(Accumulator.replacing(operations.product(parameters, "bias")))
            : Optional.empty();
    Optional<Accumulator> dx = operations.inputGradientTangent(input, output);
    operations.add(
        new ConvolveBackward(
            operations.values(input),
            parameters.value("weight"),
            window(),
            operations.gradientTangent(output),
            new Gradients(Accumulator.replacing(weight), bias, dx)));
    if (operations.moves(input)) {
      operations.add(
          new ConvolveBackward(
              operations.tangent(input),
              operations.direction(parameters, "weight"),
              window(),
              operations.gradient(output),
              new Gradients(
                  Accumulator.adding(weight),
                  Optional.empty(),
                  dx.map(both -> Accumulator.adding(both.tensor())))));
    }
  }

  private Window window() {
    return layer.window(input.shape());
  }
}
