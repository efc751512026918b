package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import dev.gengap.compute.Window.Padding;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Convolutions with and without a bias. */
public abstract class ConvolutionConformance extends OperationConformance {

  /**
   * A convolution.
   *
   * @param input what it reads, and the window
   * @param out output channels
   */
  private record Layer(WindowedShape input, int out) {
    static Layer of(int batch, int channels, int height, int width, int out, Window window) {
      return new Layer(new WindowedShape(batch, channels, height, width, window), out);
    }

    int[] weight() {
      Window window = input.window();
      return new int[] {out, input.channels(), window.kernelHeight(), window.kernelWidth()};
    }

    @Override
    public String toString() {
      return input + " to " + out;
    }
  }

  private static final Layer ORDINARY = Layer.of(3, 3, 6, 5, 4, Window.square(3, 1, 1));
  private static final Layer POINTWISE = Layer.of(2, 5, 3, 4, 7, Window.square(1, 1, 0));

  private static Stream<Layer> small() {
    Padding none = Padding.symmetric(0, 0);
    return Stream.of(
        ORDINARY,
        POINTWISE,
        Layer.of(1, 1, 1, 1, 1, Window.square(1, 1, 0)),
        Layer.of(1, 1, 1, 1, 1, Window.square(3, 1, 1)),
        Layer.of(2, 3, 1, 1, 5, Window.square(1, 1, 0)),
        Layer.of(1, 1, 5, 4, 3, Window.square(2, 1, 0)),
        Layer.of(2, 3, 4, 5, 1, Window.square(3, 1, 0)),
        Layer.of(2, 2, 5, 5, 3, Window.square(5, 1, 0)),
        Layer.of(2, 2, 3, 4, 3, new Window(3, 4, 1, 1, none)),
        Layer.of(2, 2, 4, 5, 3, new Window(1, 3, 1, 1, none)),
        Layer.of(2, 2, 4, 5, 3, new Window(1, 3, 1, 1, Padding.symmetric(0, 1))),
        Layer.of(2, 2, 5, 4, 3, new Window(3, 1, 1, 1, Padding.symmetric(1, 0))),
        Layer.of(2, 2, 5, 6, 3, new Window(3, 2, 2, 1, Padding.symmetric(2, 0))),
        Layer.of(2, 2, 6, 5, 3, new Window(2, 5, 1, 2, Padding.symmetric(1, 2))),
        Layer.of(2, 3, 6, 5, 2, Window.square(1, 2, 0)),
        Layer.of(2, 3, 4, 3, 2, Window.square(1, 1, 1)),
        Layer.of(2, 3, 7, 6, 2, Window.square(1, 3, 1)),
        Layer.of(2, 2, 7, 6, 3, Window.square(3, 2, 1)),
        Layer.of(2, 2, 8, 6, 3, Window.square(3, 3, 0)),
        Layer.of(2, 2, 7, 7, 3, Window.square(2, 3, 1)),
        Layer.of(2, 2, 5, 6, 3, Window.square(5, 1, 2)),
        Layer.of(2, 2, 5, 4, 3, Window.square(5, 3, 2)),
        Layer.of(2, 2, 6, 7, 3, Window.square(3, 2, 0).samePadding(6, 7)),
        Layer.of(2, 2, 6, 5, 3, Window.square(2, 1, 0).samePadding(6, 5)),
        Layer.of(2, 2, 5, 8, 3, new Window(4, 1, 1, 2, none).samePadding(5, 8)),
        Layer.of(1, 2, 1, 9, 3, new Window(1, 4, 1, 3, none).samePadding(1, 9)));
  }

  /** Channels and pixels that are no multiples of what a kernel computes at a time. */
  private static Stream<Layer> large() {
    return Stream.of(
        Layer.of(5, 17, 9, 9, 19, Window.square(3, 1, 1)),
        Layer.of(3, 13, 11, 7, 33, Window.square(1, 1, 0)),
        Layer.of(2, 16, 8, 8, 32, Window.square(3, 2, 1)),
        Layer.of(17, 3, 8, 8, 6, Window.square(5, 1, 2)),
        Layer.of(2, 33, 8, 7, 5, Window.square(3, 2, 0).samePadding(8, 7)),
        Layer.of(4, 8, 7, 7, 65, Window.square(7, 1, 0)));
  }

  @Override
  Stream<GradientCase> gradientCases() {
    return Stream.concat(
        small().map(layer -> convolution("", layer, new Options(true, true, 0))),
        Stream.of(ORDINARY, POINTWISE)
            .map(layer -> convolution(", no bias", layer, new Options(false, true, 0))));
  }

  @Override
  Stream<Case> valueCases() {
    return Stream.concat(
            large().map(layer -> convolution("", layer, new Options(true, true, 0))),
            Stream.of(ORDINARY, POINTWISE)
                .flatMap(
                    layer ->
                        Stream.of(
                            convolution(", no input gradient", layer, new Options(true, false, 0)),
                            convolution(
                                ", neither bias nor input gradient",
                                layer,
                                new Options(false, false, 0)),
                            convolution(", keep 0.9", layer, new Options(true, true, 0.9)),
                            convolution(", keep 1", layer, new Options(true, true, 1)),
                            convolution(
                                ", momentum kept alone", layer, new Options(true, true, 0.9, 0)),
                            convolution(
                                ", input gradient kept alone",
                                layer,
                                new Options(true, true, 0, 1)),
                            convolution(
                                ", no bias, keep 0.9", layer, new Options(false, true, 0.9)))))
        .map(GradientCase::values);
  }

  /**
   * What a case has.
   *
   * @param keep of the parameters' gradients
   * @param inputKeep of the input's gradient
   */
  private record Options(boolean bias, boolean inputGradient, double keep, double inputKeep) {
    Options(boolean bias, boolean inputGradient, double keep) {
      this(bias, inputGradient, keep, keep);
    }
  }

  private static GradientCase convolution(String variant, Layer layer, Options options) {
    return new GradientCase("convolution " + layer + variant, f -> convolution(f, layer, options));
  }

  private static Differentiable convolution(Fixture f, Layer layer, Options options) {
    WindowedShape shape = layer.input();
    List<Variable> variables = new ArrayList<>();
    Tensor x = f.batch("input", shape.input());
    Tensor w = f.parameter("weight", layer.weight());
    Tensor y = f.batch("output", Contents.UNSET, shape.output(layer.out()));
    Tensor dy = f.batch("output gradient", shape.output(layer.out()));
    Accumulator dw = f.parameterGradient("weight gradient", options.keep(), layer.weight());
    variables.add(new Variable("weight", w, dw.tensor()));
    Optional<Tensor> bias = Optional.empty();
    Optional<Accumulator> db = Optional.empty();
    if (options.bias()) {
      bias = Optional.of(f.parameter("bias", layer.out()));
      db = Optional.of(f.parameterGradient("bias gradient", options.keep(), layer.out()));
      variables.add(new Variable("bias", bias.get(), db.get().tensor()));
    }
    Optional<Accumulator> dx = Optional.empty();
    if (options.inputGradient()) {
      dx = Optional.of(f.batchGradient("input gradient", options.inputKeep(), shape.input()));
      variables.add(new Variable("input", x, dx.get().tensor()));
    }
    return new Differentiable(
        List.of(new Convolve(x, w, bias, shape.window(), y)),
        y,
        dy,
        List.of(new ConvolveBackward(x, w, shape.window(), dy, new Gradients(dw, db, dx))),
        variables);
  }
}
