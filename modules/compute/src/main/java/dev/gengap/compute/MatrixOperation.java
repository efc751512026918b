package dev.gengap.compute;

import java.util.List;

/** Products and sums of matrices. */
public sealed interface MatrixOperation extends TensorOperation {

  /** A matrix, or its transpose, to multiply by: (row, column). */
  record Factor(Tensor matrix, boolean transposed) {
    public Factor {
      Shapes.requireMatrix("factor", matrix);
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
  record Matmul(Factor left, Factor right, double keep, Tensor out) implements MatrixOperation {
    public Matmul {
      Shapes.requireEqual("right rows", right.rows(), left.columns());
      Shapes.require("out", out, List.of(left.rows(), right.columns()));
    }
  }

  /**
   * Adds {@code bias} to every row of {@code values}, in place.
   *
   * @param values (row, column)
   * @param bias (column)
   */
  record AddBias(Tensor values, Tensor bias) implements MatrixOperation {
    public AddBias {
      Shapes.requireMatrix("values", values);
      Shapes.require("bias", bias, List.of(values.columns()));
    }
  }

  /**
   * sum ← column sums of values + keep·sum: the gradient of a bias.
   *
   * @param values (row, column)
   * @param keep how much of {@code sum} stays: 0 to replace it, a momentum to accumulate
   * @param sum (column)
   */
  record ColumnSum(Tensor values, double keep, Tensor sum) implements MatrixOperation {
    public ColumnSum {
      Shapes.requireMatrix("values", values);
      Shapes.require("sum", sum, List.of(values.columns()));
    }
  }
}
