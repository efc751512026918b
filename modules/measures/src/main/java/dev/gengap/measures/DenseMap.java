package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;

/** The linear map of a dense matrix. */
record DenseMap(Matrix matrix) implements LinearMap {
  @Override
  public int inputs() {
    return matrix.columns();
  }

  @Override
  public int outputs() {
    return matrix.rows();
  }

  @Override
  public double[] times(double[] v) {
    double[] result = new double[matrix.rows()];
    for (int row = 0; row < result.length; row++) {
      result[row] = Vectors.dot(matrix.values(), row * matrix.columns(), v);
    }
    return result;
  }

  @Override
  public double[] transposeTimes(double[] u) {
    int columns = matrix.columns();
    double[] result = new double[columns];
    double[] values = matrix.values();
    for (int row = 0; row < u.length; row++) {
      double factor = u[row];
      int offset = row * columns;
      for (int column = 0; column < columns; column++) {
        result[column] += factor * values[offset + column];
      }
    }
    return result;
  }
}
