package dev.gengap.compute.conformance;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.ColumnSum;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.List;
import java.util.stream.Stream;

/** Products and sums of matrices, and the linear layer they make. */
public abstract class MatrixConformance extends OperationConformance {

  /** Of a product (rows, inner)·(inner, columns). */
  private record Sizes(int rows, int inner, int columns) {}

  private static Stream<Sizes> small() {
    return Stream.of(
        new Sizes(1, 1, 1),
        new Sizes(1, 5, 3),
        new Sizes(3, 1, 2),
        new Sizes(2, 7, 1),
        new Sizes(4, 8, 16),
        new Sizes(9, 13, 11));
  }

  private static Stream<Sizes> all() {
    return Stream.concat(small(), Stream.of(new Sizes(33, 64, 17), new Sizes(40, 257, 65)));
  }

  @Override
  Stream<GradientCase> gradientCases() {
    return small().map(sizes -> new GradientCase("linear layer " + sizes, f -> linear(f, sizes)));
  }

  @Override
  Stream<Case> valueCases() {
    return all()
        .flatMap(
            sizes ->
                Stream.of(
                        products(sizes, 0),
                        products(sizes, 0.9),
                        products(sizes, 1),
                        Stream.of(
                            addBias(sizes),
                            columnSum(sizes, 0),
                            columnSum(sizes, 0.9),
                            columnSum(sizes, 1)))
                    .flatMap(cases -> cases));
  }

  private static Stream<Case> products(Sizes sizes, double keep) {
    return Stream.of(
        product(sizes, false, false, keep),
        product(sizes, false, true, keep),
        product(sizes, true, false, keep),
        product(sizes, true, true, keep));
  }

  private static Case product(
      Sizes sizes, boolean transposedLeft, boolean transposedRight, double keep) {
    String name =
        "%s·%s keep %s %s"
            .formatted(
                transposedLeft ? "leftᵀ" : "left",
                transposedRight ? "rightᵀ" : "right",
                keep,
                sizes);
    return Case.of(
        name,
        f -> {
          Factor left = factor(f, "left", sizes.rows(), sizes.inner(), transposedLeft);
          Factor right = factor(f, "right", sizes.inner(), sizes.columns(), transposedRight);
          Accumulator out = f.batchGradient("out", keep, sizes.rows(), sizes.columns());
          return new Matmul(left, right, keep, out.tensor());
        });
  }

  private static Factor factor(Fixture f, String name, int rows, int columns, boolean transposed) {
    return transposed
        ? Factor.transposed(f.parameter(name, columns, rows))
        : Factor.of(f.batch(name, rows, columns));
  }

  private static Case addBias(Sizes sizes) {
    return Case.of(
        "add bias " + sizes,
        f ->
            new AddBias(
                f.batch("values", sizes.rows(), sizes.columns()),
                f.parameter("bias", sizes.columns())));
  }

  private static Case columnSum(Sizes sizes, double keep) {
    return Case.of(
        "column sum keep " + keep + " " + sizes,
        f ->
            new ColumnSum(
                f.batch("values", sizes.rows() * sizes.inner(), sizes.columns()),
                keep,
                f.parameterGradient("sum", keep, sizes.columns()).tensor()));
  }

  /** y = x·Wᵀ + b; ∂W = ∂yᵀ·x, ∂b = column sums of ∂y, ∂x = ∂y·W. */
  private static Differentiable linear(Fixture f, Sizes sizes) {
    Tensor x = f.batch("input", sizes.rows(), sizes.inner());
    Tensor w = f.parameter("weight", sizes.columns(), sizes.inner());
    Tensor b = f.parameter("bias", sizes.columns());
    Tensor y = f.batch("output", Contents.UNSET, sizes.rows(), sizes.columns());
    Tensor dy = f.batch("output gradient", sizes.rows(), sizes.columns());
    Tensor dw = f.parameter("weight gradient", Contents.UNSET, sizes.columns(), sizes.inner());
    Tensor db = f.parameter("bias gradient", Contents.UNSET, sizes.columns());
    Tensor dx = f.batch("input gradient", Contents.UNSET, sizes.rows(), sizes.inner());
    return new Differentiable(
        List.of(new Matmul(Factor.of(x), Factor.transposed(w), 0, y), new AddBias(y, b)),
        y,
        dy,
        List.of(
            new Matmul(Factor.transposed(dy), Factor.of(x), 0, dw),
            new ColumnSum(dy, 0, db),
            new Matmul(Factor.of(dy), Factor.of(w), 0, dx)),
        List.of(
            new Variable("input", x, dx),
            new Variable("weight", w, dw),
            new Variable("bias", b, db)));
  }
}
