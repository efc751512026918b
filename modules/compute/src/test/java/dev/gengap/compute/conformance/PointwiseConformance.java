package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Activation;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PointwiseOperation.Multiply;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Activations, dropout's product and sums, element by element. */
public abstract class PointwiseConformance extends OperationConformance {
  private static final Contents EXTREMES =
      (id, index) -> new double[] {0, 30, -30, 0x1p-100, -0x1p-100, 5, -5, 0.5}[index % 8];

  private static Stream<Activation> activations() {
    return Stream.of(
        new Activation.Relu(),
        new Activation.LeakyRelu(0.01),
        new Activation.LeakyRelu(1.5),
        new Activation.Tanh(),
        new Activation.Gelu());
  }

  private static Stream<int[]> shapes() {
    return Stream.of(
        new int[] {1},
        new int[] {7},
        new int[] {3, 5},
        new int[] {2, 3, 4},
        new int[] {2, 3, 5, 3});
  }

  @Override
  Stream<GradientCase> gradientCases() {
    return activations()
        .flatMap(
            activation ->
                shapes()
                    .flatMap(
                        shape ->
                            Stream.of(true, false)
                                .filter(inPlace -> !inPlace || activation.inPlace())
                                .map(inPlace -> activation(activation, inPlace, shape))));
  }

  @Override
  Stream<Case> valueCases() {
    return Stream.of(
            activations().flatMap(PointwiseConformance::extremes),
            Stream.of(large(new Activation.Relu()), large(new Activation.Tanh())),
            shapes().flatMap(PointwiseConformance::sums),
            Stream.of(
                Case.of(
                    "multiply by factors of another shape",
                    f -> new Multiply(f.batch("values", 4, 3, 2), f.batch("factors", 4, 6))),
                Case.of(
                    "accumulate into another shape",
                    f ->
                        new Accumulate(
                            f.batch("source", 4, 3, 2, 1), f.batchGradient("into", 1, 4, 6)))))
        .flatMap(cases -> cases);
  }

  private static GradientCase activation(Activation activation, boolean inPlace, int[] shape) {
    return new GradientCase(
        "%s %s%s".formatted(activation, Arrays.toString(shape), inPlace ? " in place" : ""),
        f -> activation(f, activation, inPlace, f.batch("input", shape)));
  }

  private static Stream<Case> extremes(Activation activation) {
    return Stream.of(true, false)
        .filter(inPlace -> !inPlace || activation.inPlace())
        .map(
            inPlace ->
                new GradientCase(
                        "%s at 0, next to it and far from it%s"
                            .formatted(activation, inPlace ? " in place" : ""),
                        f -> activation(f, activation, inPlace, f.batch("input", EXTREMES, 3, 8)))
                    .values());
  }

  private static Case large(Activation activation) {
    return activation(activation, true, new int[] {3, 70_001}).values();
  }

  private static Differentiable activation(
      Fixture f, Activation activation, boolean inPlace, Tensor input) {
    int[] shape = input.shape().stream().mapToInt(Integer::intValue).toArray();
    Tensor output = inPlace ? input : f.batch("output", Contents.UNSET, shape);
    Tensor gradient = f.batch("gradient", shape);
    return new Differentiable(
        List.of(new Activate(activation, input, output)),
        output,
        gradient,
        List.of(new ActivateBackward(activation, input, output, gradient)),
        List.of(new Variable("input", input, gradient)));
  }

  private static Stream<Case> sums(int[] shape) {
    String name = Arrays.toString(shape);
    return Stream.of(
        Case.of(
            "multiply " + name,
            f ->
                new Multiply(
                    f.batch("values", shape), f.batch("factors", Contents.DROPOUT, shape))),
        accumulate("copy ", shape, 0),
        accumulate("accumulate, keep 0.9, ", shape, 0.9),
        accumulate("add ", shape, 1));
  }

  private static Case accumulate(String name, int[] shape, double keep) {
    return Case.of(
        name + Arrays.toString(shape),
        f -> {
          Accumulator into = f.batchGradient("into", keep, shape);
          return new Accumulate(f.batch("source", shape), into);
        });
  }
}
