package dev.gengap.compute;

import java.util.List;
import java.util.Optional;

/** Convolutions (cross-correlations, as everywhere in deep learning) and their gradients. */
public sealed interface ConvolutionOperation extends TensorOperation {

  /**
   * output ← input ⋆ weight + bias.
   *
   * @param input (batch, in, height, width)
   * @param weight (out, in, kernel height, kernel width)
   * @param bias (out); empty without one
   * @param output (batch, out, output height, output width)
   */
  record Convolve(Tensor input, Tensor weight, Optional<Tensor> bias, Window window, Tensor output)
      implements ConvolutionOperation {
    public Convolve {
      requireFit(input, weight, window, output);
      bias.ifPresent(b -> Shapes.require("bias", b, List.of(weight.rows())));
    }
  }

  /**
   * The gradients of {@link Convolve}. What receives the input's gradient must not be the output's.
   *
   * @param input as it was
   * @param weight as it was
   * @param outputGradient ∂loss/∂output, shaped as the output; left as it is
   * @param gradients what to compute
   */
  record ConvolveBackward(
      Tensor input, Tensor weight, Window window, Tensor outputGradient, Gradients gradients)
      implements ConvolutionOperation {
    public ConvolveBackward {
      requireFit(input, weight, window, outputGradient);
      Shapes.requireSame("weight gradient", gradients.weight().tensor(), weight);
      Shapes.requireSame("input gradient", gradients.input(), input);
      gradients
          .bias()
          .ifPresent(b -> Shapes.require("bias gradient", b.tensor(), List.of(weight.rows())));
    }
  }

  /**
   * Where the gradients of a convolution go.
   *
   * @param bias empty without one
   * @param input empty where nothing before the layer learns
   */
  record Gradients(Accumulator weight, Optional<Accumulator> bias, Optional<Accumulator> input) {}

  private static void requireFit(Tensor input, Tensor weight, Window window, Tensor output) {
    Shapes.requireImages("input", input);
    List<Integer> in = input.shape();
    int out = weight.rows();
    Shapes.require(
        "weight", weight, List.of(out, in.get(1), window.kernelHeight(), window.kernelWidth()));
    Shapes.require(
        "output",
        output,
        List.of(in.get(0), out, window.outputHeight(in.get(2)), window.outputWidth(in.get(3))));
  }
}
