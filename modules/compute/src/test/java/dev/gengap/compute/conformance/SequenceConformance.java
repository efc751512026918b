package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.ConvolutionOperation.Convolve;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.Window;
import dev.gengap.compute.conformance.Tape.Signal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Operations prepared together, which a backend may run as one: what networks are made of, and
 * neighbours that only look as if they belonged together.
 */
public abstract class SequenceConformance extends OperationConformance {
  private static final Activation RELU = new Activation.Relu();
  private static final Window SAME_3X3 = Window.square(3, 1, 1);
  private static final Window POINT = Window.square(1, 1, 0);
  private static final Window STRIDED = Window.square(3, 2, 1);

  @Override
  Stream<GradientCase> gradientCases() {
    int[] vectors = {3, 5};
    int[] images = {2, 3, 5, 4};
    return Stream.of(
        network("linear, relu", vectors, (t, x) -> t.activate(RELU, t.linear(x, 4))),
        network(
            "linear, gelu", vectors, (t, x) -> t.activate(new Activation.Gelu(), t.linear(x, 4))),
        network(
            "linear, relu, dropout, linear",
            vectors,
            (t, x) -> t.linear(t.dropout(t.activate(RELU, t.linear(x, 4))), 2)),
        network(
            "linear, batch norm, relu",
            vectors,
            (t, x) -> t.activate(RELU, t.batchNorm(t.linear(x, 4)))),
        network(
            "convolution, relu",
            images,
            (t, x) -> t.activate(RELU, t.convolve(x, 4, SAME_3X3, true))),
        network(
            "convolution 1x1, relu",
            images,
            (t, x) -> t.activate(RELU, t.convolve(x, 4, POINT, true))),
        network(
            "convolution, tanh",
            images,
            (t, x) -> t.activate(new Activation.Tanh(), t.convolve(x, 4, STRIDED, true))),
        network(
            "convolution, batch norm, relu",
            images,
            (t, x) -> t.activate(RELU, t.batchNorm(t.convolve(x, 4, SAME_3X3, false)))),
        network(
            "convolution 1x1, bias, batch norm, leaky relu",
            images,
            (t, x) ->
                t.activate(
                    new Activation.LeakyRelu(0.1), t.batchNorm(t.convolve(x, 4, POINT, true)))),
        network("AlexNet's block", images, SequenceConformance::alexNetBlock),
        network("inception block", images, SequenceConformance::inceptionBlock),
        network("residual block", images, SequenceConformance::residualBlock));
  }

  private static GradientCase network(
      String name, int[] input, BiFunction<Tape, Signal, Signal> layers) {
    return new GradientCase(
        name,
        f -> {
          Tape tape = new Tape(f);
          return tape.endingIn(layers.apply(tape, tape.input(input)));
        });
  }

  private static Signal alexNetBlock(Tape t, Signal x) {
    Signal convolved = t.activate(RELU, t.convolve(x, 5, SAME_3X3, true));
    Signal pooled = t.maxPool(convolved, STRIDED);
    return t.responseNorm(pooled, new Response(3, 0.5, 0.75, 1));
  }

  private static Signal inceptionBlock(Tape t, Signal x) {
    Signal left = t.activate(RELU, t.batchNorm(t.convolve(x, 2, POINT, false)));
    Signal right = t.activate(RELU, t.batchNorm(t.convolve(x, 3, SAME_3X3, false)));
    return t.averagePool(t.join(left, right, t.maxPool(x, SAME_3X3)), Window.square(2, 2, 0));
  }

  private static Signal residualBlock(Tape t, Signal x) {
    Signal first = t.activate(RELU, t.batchNorm(t.convolve(x, 3, SAME_3X3, false)));
    Signal second = t.batchNorm(t.convolve(first, 3, SAME_3X3, false));
    return t.activate(RELU, t.add(x, second));
  }

  @Override
  Stream<Case> valueCases() {
    return Stream.of(
        new Case(
            "product, relu of another tensor",
            f -> List.of(product(f, 0).operation(), relu(f.batch("other", 3, 4)))),
        new Case(
            "product, bias of another tensor, relu",
            f -> {
              Product p = product(f, 0);
              Tensor other = f.batch("other", 3, 4);
              return List.of(
                  p.operation(), new AddBias(other, f.parameter("bias", 4)), relu(p.y()));
            }),
        new Case(
            "product kept, bias, relu",
            f -> {
              Product p = product(f, 1);
              return List.of(
                  p.operation(), new AddBias(p.y(), f.parameter("bias", 4)), relu(p.y()));
            }),
        new Case(
            "product, relu, bias",
            f -> {
              Product p = product(f, 0);
              return List.of(
                  p.operation(), relu(p.y()), new AddBias(p.y(), f.parameter("bias", 4)));
            }),
        new Case(
            "product, two biases",
            f -> {
              Product p = product(f, 0);
              return List.of(
                  p.operation(),
                  new AddBias(p.y(), f.parameter("bias", 4)),
                  new AddBias(p.y(), f.parameter("other bias", 4)));
            }),
        new Case(
            "product, relu of some of its rows",
            f -> {
              Product p = product(f, 0);
              return List.of(
                  p.operation(),
                  new AddBias(p.y(), f.parameter("bias", 4)),
                  relu(p.y().firstRows(2)));
            }),
        new Case(
            "product, its product",
            f -> {
              Product p = product(f, 0);
              Tensor z = f.batch("z", Contents.UNSET, 3, 2);
              Factor right = Factor.of(f.parameter("right", 4, 2));
              return List.of(p.operation(), new Matmul(Factor.of(p.y()), right, 0, z));
            }),
        new Case("a sum twice", SequenceConformance::sumTwice),
        new Case("convolution, relu in other memory", f -> convolution(f, false)),
        new Case("convolution, relu of another tensor", f -> convolution(f, true)),
        new Case("batch norm inference, relu", SequenceConformance::inference),
        new Case(
            "relu backward of another gradient, product with the first",
            SequenceConformance::unrelatedBackward));
  }

  /** y ← x·w + keep·y, (3, 4). */
  private record Product(TensorOperation operation, Tensor y) {}

  private static Product product(Fixture f, double keep) {
    Factor x = Factor.of(f.batch("x", 3, 5));
    Factor w = Factor.transposed(f.parameter("w", 4, 5));
    Tensor y = f.batchGradient("y", keep, 3, 4).tensor();
    return new Product(new Matmul(x, w, keep, y), y);
  }

  private static TensorOperation relu(Tensor values) {
    return Activate.inPlace(RELU, values);
  }

  private static List<TensorOperation> sumTwice(Fixture f) {
    Tensor source = f.batch("source", 3, 4);
    Accumulator into = f.batchGradient("into", 1, 3, 4);
    return List.of(new Accumulate(source, into), new Accumulate(source, into));
  }

  private static List<TensorOperation> convolution(Fixture f, boolean unrelated) {
    Tensor x = f.batch("x", 2, 3, 5, 4);
    Tensor w = f.parameter("w", 4, 3, 3, 3);
    Tensor y = f.batch("y", Contents.UNSET, 2, 4, 5, 4);
    Tensor z = f.batch("z", Contents.UNSET, 2, 4, 5, 4);
    Tensor other = unrelated ? f.batch("other", 2, 4, 5, 4) : y;
    Optional<Tensor> bias = Optional.of(f.parameter("bias", 4));
    return List.of(new Convolve(x, w, bias, SAME_3X3, y), new Activate(RELU, other, z));
  }

  private static List<TensorOperation> inference(Fixture f) {
    Tensor x = f.batch("x", 2, 4, 3, 5);
    Tensor y = f.batch("y", Contents.UNSET, 2, 4, 3, 5);
    BatchStatistics statistics =
        new BatchStatistics(
            f.parameter("scale", 4),
            f.parameter("shift", 4),
            f.parameter("running mean", 4),
            f.parameter("running variance", Contents.POSITIVE, 4));
    return List.of(new BatchNormInference(x, statistics, 1e-5, y), relu(y));
  }

  private static List<TensorOperation> unrelatedBackward(Fixture f) {
    Tensor y = f.batch("output of a relu", Contents.DROPOUT, 3, 4);
    Tensor gradient = f.batch("gradient", 3, 4);
    Tensor other = f.batch("other", 3, 4);
    Tensor dx = f.batch("dx", Contents.UNSET, 3, 5);
    return List.of(
        ActivateBackward.inPlace(RELU, y, gradient),
        new Matmul(Factor.of(other), Factor.of(f.parameter("w", 4, 5)), 0, dx));
  }
}
