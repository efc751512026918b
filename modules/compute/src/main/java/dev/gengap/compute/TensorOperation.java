package dev.gengap.compute;

import java.util.List;

/** An operation on tensors, to be prepared by their workspace. Shapes are checked when made. */
public sealed interface TensorOperation {

  /** A matrix, or its transpose, to multiply by: (row, column). */
  record Factor(Tensor matrix, boolean transposed) {
    public Factor {
      requireMatrix("factor", matrix);
    }

    /** The matrix itself. */
    public static Factor of(Tensor matrix) {
      return new Factor(matrix, false);
    }

    /** The matrix transposed. */
    public static Factor transposed(Tensor matrix) {
      return new Factor(matrix, true);
    }

    int rows() {
      return transposed ? matrix.columns() : matrix.rows();
    }

    int columns() {
      return transposed ? matrix.rows() : matrix.columns();
    }
  }

  /**
   * out ← left·right + keep·out.
   *
   * @param keep how much of {@code out} stays: 0 to replace it, a momentum to accumulate
   */
  record Matmul(Factor left, Factor right, double keep, Tensor out) implements TensorOperation {
    public Matmul {
      requireEqual("right rows", right.rows(), left.columns());
      requireShape("out", out, List.of(left.rows(), right.columns()));
    }
  }

  /**
   * Adds {@code bias} to every row of {@code values}, in place.
   *
   * @param values (row, column)
   * @param bias (column)
   */
  record AddBias(Tensor values, Tensor bias) implements TensorOperation {
    public AddBias {
      requireMatrix("values", values);
      requireShape("bias", bias, List.of(values.columns()));
    }
  }

  /**
   * sum ← column sums of values + keep·sum: the gradient of a bias.
   *
   * @param values (row, column)
   * @param keep how much of {@code sum} stays: 0 to replace it, a momentum to accumulate
   * @param sum (column)
   */
  record ColumnSum(Tensor values, double keep, Tensor sum) implements TensorOperation {
    public ColumnSum {
      requireMatrix("values", values);
      requireShape("sum", sum, List.of(values.columns()));
    }
  }

  /** values ← max(values, 0), in place. */
  record Relu(Tensor values) implements TensorOperation {}

  /**
   * Sets {@code gradient} to zero, in place, wherever {@code output} is not positive.
   *
   * @param output what {@link Relu} left behind
   * @param gradient with respect to the output before, to the input after; shaped as the output
   */
  record ReluBackward(Tensor output, Tensor gradient) implements TensorOperation {
    public ReluBackward {
      requireShape("gradient", gradient, output.shape());
    }
  }

  private static void requireMatrix(String name, Tensor tensor) {
    if (tensor.shape().size() != 2) {
      throw new IllegalArgumentException(
          name + ": " + tensor.shape() + " (expected: a matrix, (row, column))");
    }
  }

  private static void requireShape(String name, Tensor tensor, List<Integer> shape) {
    if (!tensor.shape().equals(shape)) {
      throw new IllegalArgumentException(
          name + ": " + tensor.shape() + " (expected: " + shape + ")");
    }
  }

  private static void requireEqual(String name, int value, int expected) {
    if (value != expected) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
