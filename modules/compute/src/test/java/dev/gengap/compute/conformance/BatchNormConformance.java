package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.BatchNorm;
import dev.gengap.compute.NormalisationOperation.BatchNormBackward;
import dev.gengap.compute.NormalisationOperation.BatchNormInference;
import dev.gengap.compute.NormalisationOperation.BatchStatistics;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Batch normalisation in training and in evaluation. */
public abstract class BatchNormConformance extends OperationConformance {
  private static final double EPSILON = 1e-5;
  private static final int[] ORDINARY = {4, 3, 5, 3};

  /** What becomes of the input's gradient. */
  private enum InputGradient {
    /** Nothing before learns. */
    NONE,
    /** In memory of its own. */
    APART,
    /** It replaces the output's. */
    IN_PLACE
  }

  private record Options(
      Contents input, double momentum, InputGradient inputGradient, double keep) {
    static final Options USUAL = new Options(Contents.ORDINARY, 0.1, InputGradient.APART, 0);

    Options input(Contents contents) {
      return new Options(contents, momentum, inputGradient, keep);
    }

    Options momentum(double other) {
      return new Options(input, other, inputGradient, keep);
    }

    Options inputGradient(InputGradient other, double otherKeep) {
      return new Options(input, momentum, other, otherKeep);
    }
  }

  private static Stream<int[]> shapes() {
    return Stream.of(
        ORDINARY,
        new int[] {5, 4},
        new int[] {2, 1},
        new int[] {3, 17},
        new int[] {1, 3, 4, 4},
        new int[] {3, 1, 1, 1},
        new int[] {2, 5, 1, 3},
        new int[] {2, 16, 2, 2});
  }

  @Override
  Stream<GradientCase> gradientCases() {
    return Stream.concat(
        shapes().map(shape -> training("", shape, Options.USUAL)),
        Stream.of(
            training(
                "input gradient in place",
                ORDINARY,
                Options.USUAL.inputGradient(InputGradient.IN_PLACE, 0)),
            training(
                "vectors, input gradient in place",
                new int[] {5, 4},
                Options.USUAL.inputGradient(InputGradient.IN_PLACE, 0)),
            training(
                "no input gradient",
                ORDINARY,
                Options.USUAL.inputGradient(InputGradient.NONE, 0))));
  }

  @Override
  Stream<Case> valueCases() {
    Options usual = Options.USUAL;
    return Stream.concat(
        Stream.of(
                training("a single number", new int[] {1, 3, 1, 1}, usual),
                training("a single vector", new int[] {1, 4}, usual),
                training("large", new int[] {9, 19, 7, 7}, usual),
                training("dead channels", ORDINARY, usual.input(Contents.ZERO)),
                training("mean far from zero", ORDINARY, usual.input(Contents.FAR_FROM_ZERO)),
                training("momentum 0", ORDINARY, usual.momentum(0)),
                training("momentum 1", ORDINARY, usual.momentum(1)),
                training("keep 0.9", ORDINARY, usual.inputGradient(InputGradient.APART, 0.9)),
                training("keep 1", ORDINARY, usual.inputGradient(InputGradient.APART, 1)),
                training(
                    "keep 1, vectors",
                    new int[] {5, 4},
                    usual.inputGradient(InputGradient.APART, 1)),
                training(
                    "keep 0.9, input gradient in place",
                    ORDINARY,
                    usual.inputGradient(InputGradient.IN_PLACE, 0.9)),
                training(
                    "keep 0.9, no input gradient",
                    ORDINARY,
                    usual.inputGradient(InputGradient.NONE, 0.9)))
            .map(GradientCase::values),
        shapes().map(BatchNormConformance::inference));
  }

  private static GradientCase training(String variant, int[] shape, Options options) {
    return new GradientCase(
        "batch norm %s %s".formatted(Arrays.toString(shape), variant).strip(),
        f -> training(f, shape, options));
  }

  private static Differentiable training(Fixture f, int[] shape, Options options) {
    int channels = shape[1];
    Tensor x = f.batch("input", options.input(), shape);
    BatchStatistics statistics = statistics(f, channels);
    Saved saved =
        new Saved(
            f.parameter("saved mean", Contents.UNSET, channels),
            f.parameter("saved inverse deviation", Contents.UNSET, channels));
    Tensor y = f.batch("output", Contents.UNSET, shape);
    Tensor dy = f.batch("output gradient", shape);
    AffineGradients affine =
        new AffineGradients(
            f.parameterGradient("scale gradient", options.keep(), channels),
            f.parameterGradient("shift gradient", options.keep(), channels));
    Optional<Accumulator> dx =
        switch (options.inputGradient()) {
          case NONE -> Optional.empty();
          case APART -> Optional.of(f.batchGradient("input gradient", options.keep(), shape));
          case IN_PLACE -> Optional.of(Accumulator.replacing(dy));
        };
    List<Variable> variables = new ArrayList<>();
    variables.add(new Variable("scale", statistics.scale(), affine.scale().tensor()));
    variables.add(new Variable("shift", statistics.shift(), affine.shift().tensor()));
    dx.ifPresent(gradient -> variables.add(new Variable("input", x, gradient.tensor())));
    return new Differentiable(
        List.of(new BatchNorm(x, statistics, options.momentum(), EPSILON, saved, y)),
        y,
        dy,
        List.of(new BatchNormBackward(x, statistics.scale(), saved, dy, affine, dx)),
        variables);
  }

  private static Case inference(int[] shape) {
    return Case.of(
        "batch norm inference " + Arrays.toString(shape),
        f -> {
          Tensor input = f.batch("input", shape);
          Tensor output = f.batch("output", Contents.UNSET, shape);
          return new BatchNormInference(input, statistics(f, shape[1]), EPSILON, output);
        });
  }

  private static BatchStatistics statistics(Fixture f, int channels) {
    return new BatchStatistics(
        f.parameter("scale", channels),
        f.parameter("shift", channels),
        f.parameter("running mean", channels),
        f.parameter("running variance", Contents.POSITIVE, channels));
  }
}
