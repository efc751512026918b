package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.NormalisationOperation.AffineGradients;
import dev.gengap.compute.NormalisationOperation.LayerNorm;
import dev.gengap.compute.NormalisationOperation.LayerNormBackward;
import dev.gengap.compute.NormalisationOperation.Saved;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Layer normalisation of vectors and images. */
public abstract class LayerNormConformance extends OperationConformance {
  private static final double EPSILON = 1e-5;
  private static final int[] IMAGES = {3, 2, 3, 4};
  private static final int[] VECTORS = {4, 7};

  private static Stream<int[]> shapes() {
    return Stream.of(
        VECTORS,
        IMAGES,
        new int[] {1, 5},
        new int[] {3, 2},
        new int[] {2, 33},
        new int[] {1, 1, 3, 3},
        new int[] {2, 5, 1, 2});
  }

  @Override
  Stream<GradientCase> gradientCases() {
    return Stream.concat(
        shapes()
            .map(
                shape ->
                    new GradientCase(name(shape, ""), f -> apart(f, shape, Contents.ORDINARY, 0))),
        Stream.of(VECTORS, IMAGES)
            .map(
                shape ->
                    new GradientCase(
                        name(shape, ", input gradient in place"), f -> inPlace(f, shape, 0))));
  }

  @Override
  Stream<Case> valueCases() {
    return Stream.of(VECTORS, IMAGES)
        .flatMap(
            shape ->
                Stream.of(
                    new GradientCase(
                        name(shape, ", keep 0.9"), f -> apart(f, shape, Contents.ORDINARY, 0.9)),
                    new GradientCase(
                        name(shape, ", keep 1"), f -> apart(f, shape, Contents.ORDINARY, 1)),
                    new GradientCase(
                        name(shape, ", mean far from zero"),
                        f -> apart(f, shape, Contents.FAR_FROM_ZERO, 0)),
                    new GradientCase(
                        name(shape, ", zeros"), f -> apart(f, shape, Contents.ZERO, 0)),
                    new GradientCase(
                        name(shape, ", keep 0.9, input gradient in place"),
                        f -> inPlace(f, shape, 0.9)),
                    new GradientCase(
                        name(shape, ", keep 0.9, no input gradient"), f -> withoutInput(f, shape))))
        .map(GradientCase::values);
  }

  private static String name(int[] shape, String variant) {
    return "layer norm " + Arrays.toString(shape) + variant;
  }

  private static Differentiable apart(Fixture f, int[] shape, Contents contents, double keep) {
    Tensor dy = f.batch("output gradient", shape);
    Accumulator dx = f.batchGradient("input gradient", keep, shape);
    return layerNorm(f, f.batch("input", contents, shape), dy, Optional.of(dx), keep);
  }

  private static Differentiable inPlace(Fixture f, int[] shape, double keep) {
    Tensor dy = f.batch("output gradient", shape);
    return layerNorm(f, f.batch("input", shape), dy, Optional.of(Accumulator.replacing(dy)), keep);
  }

  private static Differentiable withoutInput(Fixture f, int[] shape) {
    Tensor dy = f.batch("output gradient", shape);
    return layerNorm(f, f.batch("input", shape), dy, Optional.empty(), 0.9);
  }

  private static Differentiable layerNorm(
      Fixture f, Tensor x, Tensor dy, Optional<Accumulator> dx, double keep) {
    int[] shape = x.shape().stream().mapToInt(Integer::intValue).toArray();
    int[] example = Arrays.copyOfRange(shape, 1, shape.length);
    Tensor scale = f.parameter("scale", example);
    Tensor shift = f.parameter("shift", example);
    Saved saved =
        new Saved(
            f.batch("saved mean", Contents.UNSET, shape[0]),
            f.batch("saved inverse deviation", Contents.UNSET, shape[0]));
    Tensor y = f.batch("output", Contents.UNSET, shape);
    AffineGradients affine =
        new AffineGradients(
            f.parameterGradient("scale gradient", keep, example),
            f.parameterGradient("shift gradient", keep, example));
    List<Variable> variables = new ArrayList<>();
    variables.add(new Variable("scale", scale, affine.scale().tensor()));
    variables.add(new Variable("shift", shift, affine.shift().tensor()));
    dx.ifPresent(gradient -> variables.add(new Variable("input", x, gradient.tensor())));
    return new Differentiable(
        List.of(new LayerNorm(x, scale, shift, EPSILON, saved, y)),
        y,
        dy,
        List.of(new LayerNormBackward(x, scale, saved, dy, affine, dx)),
        variables);
  }
}
