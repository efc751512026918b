package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.NormalisationOperation.LocalResponseNorm;
import dev.gengap.compute.NormalisationOperation.LocalResponseNormBackward;
import dev.gengap.compute.NormalisationOperation.Response;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Local response normalisation across channels. */
public abstract class ResponseNormConformance extends OperationConformance {
  private static final int[] ORDINARY = {2, 7, 3, 2};

  /** Constants with which the neighbours matter, unlike the papers'. */
  private static Response response(int size) {
    return new Response(size, 0.9, 0.75, 1.5);
  }

  private static Stream<GradientCase> sizes() {
    return Stream.of(1, 2, 3, 4, 5, 6, 9, 20)
        .map(size -> responseNorm(ORDINARY, response(size), 0));
  }

  private static Stream<GradientCase> constants() {
    return Stream.of(
            new Response(9, 0.001, 0.75, 1),
            new Response(5, 1e-4, 0.75, 2),
            new Response(5, 1, 1, 1),
            new Response(3, 2, 0.5, 0.5))
        .map(response -> responseNorm(ORDINARY, response, 0));
  }

  private static Stream<GradientCase> shapes() {
    return Stream.of(
            new int[] {1, 1, 1, 1},
            new int[] {3, 1, 2, 5},
            new int[] {1, 2, 1, 1},
            new int[] {2, 17, 1, 3},
            new int[] {1, 16, 3, 1})
        .map(shape -> responseNorm(shape, response(5), 0));
  }

  @Override
  Stream<GradientCase> gradientCases() {
    return Stream.of(sizes(), constants(), shapes()).flatMap(cases -> cases);
  }

  @Override
  Stream<Case> valueCases() {
    return Stream.of(
            responseNorm(ORDINARY, response(5), 0.9),
            responseNorm(ORDINARY, response(4), 1),
            responseNorm(new int[] {3, 33, 7, 5}, response(9), 0))
        .map(GradientCase::values);
  }

  private static GradientCase responseNorm(int[] shape, Response response, double keep) {
    return new GradientCase(
        "%s %s keep %s".formatted(response, Arrays.toString(shape), keep),
        f -> responseNorm(f, shape, response, keep));
  }

  private static Differentiable responseNorm(
      Fixture f, int[] shape, Response response, double keep) {
    Tensor x = f.batch("input", shape);
    Tensor y = f.batch("output", Contents.UNSET, shape);
    Tensor dy = f.batch("output gradient", shape);
    Accumulator dx = f.batchGradient("input gradient", keep, shape);
    return new Differentiable(
        List.of(new LocalResponseNorm(x, response, y)),
        y,
        dy,
        List.of(new LocalResponseNormBackward(x, y, response, dy, dx)),
        List.of(new Variable("input", x, dx.tensor())));
  }
}
