package dev.gengap.measures;

/**
 * The eigenvalues of a dense symmetric matrix: Householder reflections take it to a tridiagonal one
 * (Golub & Van Loan, Matrix Computations, section 8.3), O(n³).
 */
final class SymmetricEigenvalues {
  private SymmetricEigenvalues() {}

  /**
   * All eigenvalues, the smallest first.
   *
   * @param a rows, symmetric, at least one; overwritten
   */
  static double[] of(double[][] a) {
    int n = a.length;
    double[] diagonal = new double[n];
    double[] beside = new double[n - 1];
    for (int k = 0; k < n - 1; k++) {
      diagonal[k] = a[k][k];
      beside[k] = eliminate(a, k);
    }
    diagonal[n - 1] = a[n - 1][n - 1];
    return SymmetricTridiagonal.eigenvalues(diagonal, beside);
  }

  /**
   * Reflects what follows row and column {@code k} so that they have but one number beside the
   * diagonal, and returns that number.
   */
  private static double eliminate(double[][] a, int k) {
    int size = a.length - k - 1;
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      v[i] = a[k + 1 + i][k];
    }
    double length = Vectors.norm(v);
    if (length == 0) {
      return 0;
    }
    double beside = v[0] > 0 ? -length : length;
    v[0] -= beside;
    Vectors.divide(v, Vectors.norm(v));
    double[] p = new double[size];
    for (int i = 0; i < size; i++) {
      p[i] = 2 * Vectors.dot(a[k + 1 + i], k + 1, v);
    }
    Vectors.add(p, -Vectors.dot(p, 0, v), v);
    for (int i = 0; i < size; i++) {
      double[] row = a[k + 1 + i];
      for (int j = 0; j < size; j++) {
        row[k + 1 + j] -= v[i] * p[j] + p[i] * v[j];
      }
    }
    return beside;
  }
}
