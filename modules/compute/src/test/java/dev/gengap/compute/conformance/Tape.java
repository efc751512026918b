package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.ChannelOperation.JoinChannels;
import dev.gengap.compute.ChannelOperation.SplitChannels;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.ConvolutionOperation.ConvolveBackward;
import dev.gengap.compute.ConvolutionOperation.Gradients;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.ColumnSum;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PointwiseOperation.Multiply;
import dev.gengap.compute.PoolingOperation.AveragePool;
import dev.gengap.compute.PoolingOperation.AveragePoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.Window;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes down layers forward, to play their gradients backward. */
final class Tape {
  private static final double EPSILON = 1e-5;

  private final Fixture fixture;
  private final List<TensorOperation> forward = new ArrayList<>();
  private final List<Supplier<List<TensorOperation>>> backward = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private int layers;

  /** What passes between layers. Its gradient is first replaced, then added to. */
  static final class Signal {
    private final Tensor value;
    private final Tensor gradient;
    private boolean reached;

    Signal(Tensor value, Tensor gradient) {
      this.value = value;
      this.gradient = gradient;
    }

    private Accumulator gradientSink() {
      double keep = reached ? 1 : 0;
      reached = true;
      return new Accumulator(gradient, keep);
    }

    private int[] shape() {
      return value.shape().stream().mapToInt(Integer::intValue).toArray();
    }
  }

  Tape(Fixture fixture) {
    this.fixture = fixture;
  }

  Signal input(int... shape) {
    Tensor value = fixture.batch("input", shape);
    Tensor gradient = fixture.batch("input gradient", Contents.UNSET, shape);
    variables.add(new Variable("input", value, gradient));
    return new Signal(value, gradient);
  }

  Signal linear(Signal x, int out) {
    Signal y = signal(x.value.rows(), out);
    Variable weight = parameter("weight", out, x.value.columns());
    Variable bias = parameter("bias", out);
    forward.add(new Matmul(Factor.of(x.value), Factor.transposed(weight.value()), 0, y.value));
    forward.add(new AddBias(y.value, bias.value()));
    backward.add(
        () -> {
          Accumulator dx = x.gradientSink();
          Factor dy = Factor.of(y.gradient);
          return List.of(
              new Matmul(Factor.transposed(y.gradient), Factor.of(x.value), 0, weight.gradient()),
              new ColumnSum(y.gradient, 0, bias.gradient()),
              new Matmul(dy, Factor.of(weight.value()), dx.keep(), dx.tensor()));
        });
    return y;
  }

  Signal convolve(Signal x, int out, Window window, boolean biased) {
    WindowedShape shape =
        new WindowedShape(x.shape()[0], x.shape()[1], x.shape()[2], x.shape()[3], window);
    Signal y = signal(shape.output(out));
    Variable weight =
        parameter("weight", out, shape.channels(), window.kernelHeight(), window.kernelWidth());
    Optional<Variable> bias = biased ? Optional.of(parameter("bias", out)) : Optional.empty();
    forward.add(new Convolve(x.value, weight.value(), bias.map(Variable::value), window, y.value));
    backward.add(
        () ->
            List.of(
                new ConvolveBackward(
                    x.value,
                    weight.value(),
                    window,
                    y.gradient,
                    new Gradients(
                        Accumulator.replacing(weight.gradient()),
                        bias.map(b -> Accumulator.replacing(b.gradient())),
                        Optional.of(x.gradientSink())))));
    return y;
  }

  /** In other memory; its gradient replaces the output's. */
  Signal batchNorm(Signal x) {
    int channels = x.shape()[1];
    Signal y = new Signal(layer("output", x.shape()), x.gradient);
    Variable scale = parameter("scale", channels);
    Variable shift = parameter("shift", channels);
    BatchStatistics statistics =
        new BatchStatistics(
            scale.value(),
            shift.value(),
            fixture.parameter("running mean", channels),
            fixture.parameter("running variance", Contents.POSITIVE, channels));
    Saved saved =
        new Saved(
            fixture.parameter("saved mean", Contents.UNSET, channels),
            fixture.parameter("saved inverse deviation", Contents.UNSET, channels));
    forward.add(new BatchNorm(x.value, statistics, 0.1, EPSILON, saved, y.value));
    AffineGradients affine =
        new AffineGradients(
            Accumulator.replacing(scale.gradient()), Accumulator.replacing(shift.gradient()));
    backward.add(
        () ->
            List.of(
                new BatchNormBackward(
                    x.value,
                    scale.value(),
                    saved,
                    y.gradient,
                    affine,
                    Optional.of(Accumulator.replacing(y.gradient)))));
    return y;
  }

  Signal responseNorm(Signal x, Response response) {
    Signal y = signal(x.shape());
    forward.add(new LocalResponseNorm(x.value, response, y.value));
    backward.add(
        () ->
            List.of(
                new LocalResponseNormBackward(
                    x.value, y.value, response, y.gradient, x.gradientSink())));
    return y;
  }

  /** In place where it can be. */
  Signal activate(Activation activation, Signal x) {
    Tensor output = activation.inPlace() ? x.value : layer("output", x.shape());
    Signal y = new Signal(output, x.gradient);
    forward.add(new Activate(activation, x.value, output));
    backward.add(() -> List.of(new ActivateBackward(activation, x.value, output, y.gradient)));
    return y;
  }

  /** In place. */
  Signal dropout(Signal x) {
    Tensor factors = fixture.batch("factors", Contents.DROPOUT, x.shape());
    forward.add(new Multiply(x.value, factors));
    backward.add(() -> List.of(new Multiply(x.gradient, factors)));
    return x;
  }

  Signal maxPool(Signal x, Window window) {
    Signal y = pooled(x, window);
    forward.add(new MaxPool(x.value, window, y.value));
    backward.add(
        () -> List.of(new MaxPoolBackward(x.value, y.value, window, y.gradient, x.gradientSink())));
    return y;
  }

  Signal averagePool(Signal x, Window window) {
    Signal y = pooled(x, window);
    forward.add(new AveragePool(x.value, window, y.value));
    backward.add(() -> List.of(new AveragePoolBackward(window, y.gradient, x.gradientSink())));
    return y;
  }

  /** Adds {@code shortcut} to {@code x}, in place. */
  Signal add(Signal shortcut, Signal x) {
    forward.add(new Accumulate(shortcut.value, Accumulator.adding(x.value)));
    backward.add(() -> List.of(new Accumulate(x.gradient, shortcut.gradientSink())));
    return x;
  }

  Signal join(Signal... parts) {
    int[] shape = parts[0].shape();
    shape[1] = List.of(parts).stream().mapToInt(p -> p.shape()[1]).sum();
    Signal y = signal(shape);
    forward.add(new JoinChannels(List.of(parts).stream().map(p -> p.value).toList(), y.value));
    backward.add(
        () ->
            List.of(
                new SplitChannels(
                    y.gradient, List.of(parts).stream().map(Signal::gradientSink).toList())));
    return y;
  }

  /** All that was written down, ending in {@code output}, whose gradient is ordinary. */
  Differentiable endingIn(Signal output) {
    Tensor direction = fixture.batch("output gradient", output.shape());
    List<TensorOperation> gradients = new ArrayList<>();
    gradients.add(new Accumulate(direction, Accumulator.replacing(output.gradient)));
    for (int i = backward.size() - 1; i >= 0; i--) {
      gradients.addAll(backward.get(i).get());
    }
    return new Differentiable(forward, output.value, direction, gradients, variables);
  }

  private Signal pooled(Signal x, Window window) {
    int[] shape = x.shape();
    return signal(shape[0], shape[1], window.outputHeight(shape[2]), window.outputWidth(shape[3]));
  }

  private Signal signal(int... shape) {
    return new Signal(layer("output", shape), layer("gradient", shape));
  }

  private Tensor layer(String name, int... shape) {
    return fixture.batch(name + " " + layers++, Contents.UNSET, shape);
  }

  private Variable parameter(String name, int... shape) {
    Tensor value = fixture.parameter(name + " " + layers, shape);
    Tensor gradient = fixture.parameter(name + " gradient " + layers, Contents.UNSET, shape);
    Variable variable = new Variable(name + " " + layers, value, gradient);
    variables.add(variable);
    return variable;
  }
}
