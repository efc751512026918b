package dev.gengap.compute;

import java.util.List;

/** Pooling of each channel of (batch, channel, height, width), and its gradients. */
public sealed interface PoolingOperation extends TensorOperation {

  /**
   * output ← the largest of what the window sees of the image; the padding is never the largest.
   *
   * @param window with less padding than kernel, so that it always sees some of the image
   */
  record MaxPool(Tensor input, Window window, Tensor output) implements PoolingOperation {
    public MaxPool {
      requireFit(input, window, output);
      requireSight(window);
    }
  }

  /**
   * The gradient of {@link MaxPool}: all of an output's goes to the first largest input it saw,
   * row-major.
   *
   * @param input as it was
   * @param output as it was
   * @param outputGradient ∂loss/∂output; left as it is
   * @param inputGradient shaped as the input
   */
  record MaxPoolBackward(
      Tensor input, Tensor output, Window window, Tensor outputGradient, Accumulator inputGradient)
      implements PoolingOperation {
    public MaxPoolBackward {
      requireFit(input, window, output);
      requireSight(window);
      Shapes.requireSame("output gradient", outputGradient, output);
      Shapes.requireSame("input gradient", inputGradient.tensor(), input);
    }
  }

  /**
   * How the output of {@link MaxPool} moves with its input: outputTangent ← what the input's has
   * where the first largest input lies that the output saw, row-major.
   *
   * @param input as it was
   * @param inputTangent shaped as the input; left as it is
   * @param outputTangent replaced
   */
  record MaxPoolTangent(Tensor input, Window window, Tensor inputTangent, Tensor outputTangent)
      implements PoolingOperation {
    public MaxPoolTangent {
      requireFit(input, window, outputTangent);
      requireSight(window);
      Shapes.requireSame("input tangent", inputTangent, input);
    }
  }

  /** output ← the mean of what the window sees, zeros of the padding counted. */
  record AveragePool(Tensor input, Window window, Tensor output) implements PoolingOperation {
    public AveragePool {
      requireFit(input, window, output);
    }
  }

  /**
   * The gradient of {@link AveragePool}.
   *
   * @param outputGradient ∂loss/∂output; left as it is
   * @param inputGradient shaped as the input
   */
  record AveragePoolBackward(Window window, Tensor outputGradient, Accumulator inputGradient)
      implements PoolingOperation {
    public AveragePoolBackward {
      requireFit(inputGradient.tensor(), window, outputGradient);
    }
  }

  private static void requireSight(Window window) {
    if (window.padding().bottom() >= window.kernelHeight()
        || window.padding().right() >= window.kernelWidth()) {
      throw new IllegalArgumentException(
          "window: " + window + " (expected: less padding than kernel)");
    }
  }

  private static void requireFit(Tensor input, Window window, Tensor output) {
    Shapes.requireImages("input", input);
    List<Integer> in = input.shape();
    Shapes.require(
        "output",
        output,
        List.of(
            in.get(0), in.get(1), window.outputHeight(in.get(2)), window.outputWidth(in.get(3))));
  }
}
