package dev.gengap.measures;

import java.util.Arrays;

/**
 * The eigenvalues of a symmetric tridiagonal matrix, and what is asked of its eigenvectors, by
 * implicit QR steps with Wilkinson's shift (Golub & Van Loan, Matrix Computations, section 8.3), in
 * O(n²), with all eigenvectors in O(n³). Confined to one thread.
 */
final class SymmetricTridiagonal {
  private static final int MOST_STEPS_PER_EIGENVALUE = 50;

  private final double[] diagonal;
  private final double[] beside;

  /** Rows of the matrix whose columns are the eigenvectors. */
  private final double[][] rows;

  /** The largest eigenvalue and the last component of its unit eigenvector. */
  record Top(double eigenvalue, double lastComponent) {}

  /**
   * @param firstRow of the eigenvectors to keep
   */
  private SymmetricTridiagonal(double[] diagonal, double[] beside, int firstRow) {
    this.diagonal = diagonal;
    this.beside = beside;
    this.rows = new double[diagonal.length - firstRow][diagonal.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i][firstRow + i] = 1;
    }
  }

  /**
   * The largest eigenvalue.
   *
   * @param diagonal n numbers, overwritten
   * @param beside the n − 1 numbers beside the diagonal, overwritten
   */
  static Top top(double[] diagonal, double[] beside) {
    SymmetricTridiagonal matrix = new SymmetricTridiagonal(diagonal, beside, diagonal.length - 1);
    matrix.diagonalise();
    int best = matrix.largest();
    return new Top(diagonal[best], matrix.rows[0][best]);
  }

  /** The unit eigenvector of the largest eigenvalue; the arguments are those of {@link #top}. */
  static double[] topVector(double[] diagonal, double[] beside) {
    SymmetricTridiagonal matrix = new SymmetricTridiagonal(diagonal, beside, 0);
    matrix.diagonalise();
    int best = matrix.largest();
    double[] vector = new double[diagonal.length];
    Arrays.setAll(vector, i -> matrix.rows[i][best]);
    return vector;
  }

  /** All eigenvalues, the smallest first; the arguments are those of {@link #top}. */
  static double[] eigenvalues(double[] diagonal, double[] beside) {
    new SymmetricTridiagonal(diagonal, beside, diagonal.length).diagonalise();
    double[] sorted = diagonal.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private int largest() {
    int best = 0;
    for (int i = 1; i < diagonal.length; i++) {
      if (diagonal[i] > diagonal[best]) {
        best = i;
      }
    }
    return best;
  }

  private void diagonalise() {
    int high = diagonal.length - 1;
    int stepsLeft = MOST_STEPS_PER_EIGENVALUE * diagonal.length;
    while (high > 0) {
      if (negligible(high - 1)) {
        high--;
        continue;
      }
      int low = high - 1;
      while (low > 0 && !negligible(low - 1)) {
        low--;
      }
      if (stepsLeft-- == 0) {
        throw new ArithmeticException("QR steps did not converge (expected: finite numbers)");
      }
      step(low, high);
    }
  }

  private boolean negligible(int i) {
    double scale = Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]);
    return Math.abs(beside[i]) <= Math.ulp(scale);
  }

  /** One QR step on the unreduced block {@code low} … {@code high}. */
  private void step(int low, int high) {
    double x = diagonal[low] - shift(high);
    double z = beside[low];
    for (int k = low; k < high; k++) {
      double r = Math.sqrt(x * x + z * z);
      double c = r == 0 ? 1 : x / r;
      double s = r == 0 ? 0 : z / r;
      if (k > low) {
        beside[k - 1] = r;
      }
      rotate(k, c, s);
      if (k < high - 1) {
        x = beside[k];
        z = s * beside[k + 1];
        beside[k + 1] *= c;
      }
    }
  }

  private void rotate(int k, double c, double s) {
    double a = diagonal[k];
    double b = beside[k];
    double d = diagonal[k + 1];
    diagonal[k] = c * c * a + 2 * c * s * b + s * s * d;
    diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * d;
    beside[k] = c * s * (d - a) + (c * c - s * s) * b;
    for (double[] row : rows) {
      double here = row[k];
      row[k] = c * here + s * row[k + 1];
      row[k + 1] = c * row[k + 1] - s * here;
    }
  }

  /** The eigenvalue of the block's last 2 × 2 corner that is nearer to its last element. */
  private double shift(int high) {
    double half = (diagonal[high - 1] - diagonal[high]) / 2;
    double b = beside[high - 1];
    double root = Math.sqrt(half * half + b * b);
    return diagonal[high] - b * b / (half + Math.copySign(root, half));
  }
}
