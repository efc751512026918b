package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;
import java.util.Arrays;
import java.util.List;

/**
 * All singular values of the W_i, from the eigenvalues of W Wᵀ or Wᵀ W, whichever is smaller: those
 * below 1e-8 of the largest are known to no digit.
 */
final class SingularValues {
  private static final Shared<List<double[]>> VALUES =
      Shared.of(
          context -> context.weightMatrices().stream().map(SingularValues::ofMatrix).toList());

  private SingularValues() {}

  /** Those of each W_i, as many as its smaller side has, the smallest first. */
  static List<double[]> of(MeasureContext context) {
    return context.get(VALUES);
  }

  private static double[] ofMatrix(Matrix weight) {
    double[] values = squares(weight);
    Arrays.setAll(values, i -> Math.sqrt(values[i]));
    return values;
  }

  /** The squares of the singular values of {@code matrix}, the smallest first, none below 0. */
  static double[] squares(Matrix matrix) {
    Matrix wide = matrix.rows() <= matrix.columns() ? matrix : transpose(matrix);
    double[][] products = new double[wide.rows()][wide.rows()];
    for (int i = 0; i < wide.rows(); i++) {
      double[] row = Vectors.row(wide, i);
      for (int j = 0; j <= i; j++) {
        products[i][j] = Vectors.dot(wide.values(), j * wide.columns(), row);
        products[j][i] = products[i][j];
      }
    }
    double[] squares = SymmetricEigenvalues.of(products);
    Arrays.setAll(squares, i -> Math.max(squares[i], 0));
    return squares;
  }

  private static Matrix transpose(Matrix matrix) {
    double[] values = new double[matrix.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i % matrix.columns() * matrix.rows() + i / matrix.columns()] = matrix.values()[i];
    }
    return new Matrix(matrix.columns(), matrix.rows(), values);
  }
}
