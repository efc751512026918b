package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.PoolingOperation.AveragePool;
import dev.gengap.compute.PoolingOperation.AveragePoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPoolTangent;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import dev.gengap.compute.Window.Padding;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.List;
import java.util.stream.Stream;

/** Maximum and average pooling. */
public abstract class PoolingConformance extends OperationConformance {
  private static final WindowedShape OVERLAPPING =
      new WindowedShape(2, 3, 7, 6, Window.square(3, 2, 1));
  private static final WindowedShape APART = new WindowedShape(2, 3, 7, 8, Window.square(2, 3, 0));

  private static Stream<WindowedShape> shapes() {
    Padding none = Padding.symmetric(0, 0);
    return Stream.of(
        OVERLAPPING,
        APART,
        new WindowedShape(1, 1, 1, 1, Window.square(1, 1, 0)),
        new WindowedShape(1, 1, 1, 1, Window.square(3, 1, 1)),
        new WindowedShape(1, 2, 5, 4, Window.square(2, 2, 0)),
        new WindowedShape(3, 5, 7, 7, Window.square(7, 7, 0)),
        new WindowedShape(2, 17, 4, 4, Window.square(2, 2, 1)),
        new WindowedShape(2, 2, 6, 5, Window.square(3, 1, 1)),
        new WindowedShape(2, 2, 8, 9, Window.square(3, 3, 0)),
        new WindowedShape(2, 2, 6, 7, Window.square(5, 2, 2)),
        new WindowedShape(2, 3, 5, 7, new Window(1, 3, 1, 1, none)),
        new WindowedShape(2, 3, 5, 7, new Window(3, 1, 2, 1, Padding.symmetric(1, 0))),
        new WindowedShape(2, 3, 5, 7, new Window(2, 3, 1, 2, Padding.symmetric(0, 1))),
        new WindowedShape(2, 3, 6, 9, Window.square(1, 2, 0)),
        new WindowedShape(2, 3, 6, 5, Window.square(3, 2, 0).samePadding(6, 5)),
        new WindowedShape(2, 3, 6, 7, Window.square(2, 1, 0).samePadding(6, 7)),
        new WindowedShape(1, 1, 9, 1, new Window(4, 1, 2, 1, none).samePadding(9, 1)));
  }

  @Override
  Stream<GradientCase> gradientCases() {
    return shapes()
        .flatMap(
            shape ->
                Stream.of(
                    new GradientCase(
                        "max pool " + shape, f -> maximum(f, shape, Contents.ORDINARY, 0)),
                    new GradientCase("average pool " + shape, f -> average(f, shape, 0))));
  }

  @Override
  Stream<Case> valueCases() {
    return Stream.concat(pooledValues(), tangents());
  }

  private static Stream<Case> tangents() {
    return Stream.concat(
        shapes().map(shape -> tangent(shape, Contents.ORDINARY)),
        Stream.of(tangent(OVERLAPPING, Contents.TIES), tangent(APART, Contents.NEGATIVE)));
  }

  private static Case tangent(WindowedShape shape, Contents contents) {
    return Case.of(
        "max pool tangent " + contents + " " + shape,
        f ->
            new MaxPoolTangent(
                f.batch("input", contents, shape.input()),
                shape.window(),
                f.batch("input tangent", shape.input()),
                f.batch("output tangent", Contents.UNSET, shape.output(shape.channels()))));
  }

  private static Stream<Case> pooledValues() {
    return Stream.of(
            new GradientCase(
                "max pool, ties, the first in row-major order",
                f -> maximum(f, OVERLAPPING, Contents.TIES, 0)),
            new GradientCase(
                "max pool, ties, windows apart", f -> maximum(f, APART, Contents.TIES, 0)),
            new GradientCase("max pool, all equal", f -> maximum(f, OVERLAPPING, Contents.ZERO, 0)),
            new GradientCase(
                "max pool, all negative beside the padding",
                f -> maximum(f, OVERLAPPING, Contents.NEGATIVE, 0)),
            new GradientCase(
                "max pool, keep 1", f -> maximum(f, OVERLAPPING, Contents.ORDINARY, 1)),
            new GradientCase("max pool, keep 0.9", f -> maximum(f, APART, Contents.ORDINARY, 0.9)),
            new GradientCase("average pool, keep 1", f -> average(f, OVERLAPPING, 1)),
            new GradientCase("average pool, keep 0.9", f -> average(f, APART, 0.9)))
        .map(GradientCase::values);
  }

  private static Differentiable maximum(
      Fixture f, WindowedShape shape, Contents contents, double keep) {
    Tensor input = f.batch("input", contents, shape.input());
    Tensor output = f.batch("output", Contents.UNSET, shape.output(shape.channels()));
    Tensor dy = f.batch("output gradient", shape.output(shape.channels()));
    Accumulator dx = f.batchGradient("input gradient", keep, shape.input());
    return new Differentiable(
        List.of(new MaxPool(input, shape.window(), output)),
        output,
        dy,
        List.of(new MaxPoolBackward(input, output, shape.window(), dy, dx)),
        List.of(new Variable("input", input, dx.tensor())));
  }

  private static Differentiable average(Fixture f, WindowedShape shape, double keep) {
    Tensor input = f.batch("input", shape.input());
    Tensor output = f.batch("output", Contents.UNSET, shape.output(shape.channels()));
    Tensor dy = f.batch("output gradient", shape.output(shape.channels()));
    Accumulator dx = f.batchGradient("input gradient", keep, shape.input());
    return new Differentiable(
        List.of(new AveragePool(input, shape.window(), output)),
        output,
        dy,
        List.of(new AveragePoolBackward(shape.window(), dy, dx)),
        List.of(new Variable("input", input, dx.tensor())));
  }
}
