package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.measures.api.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The largest singular value of a matrix A by Golub–Kahan–Lanczos bidiagonalisation in double
 * precision with full reorthogonalisation: A V = U B and Aᵀ U = V Bᵀ + β v eᵀ, with B upper
 * bidiagonal. It stops when the residual of the largest singular triplet of B shows a relative
 * error of at most 1e-9; the value is usually exact to rounding. Unlike power iteration it is not
 * slowed to a stop by a close second singular value. O(steps · (rows · columns + steps · (rows +
 * columns))), with some tens of steps.
 */
final class LargestSingularValue {
  private static final double TOLERANCE = 1e-9;

  /** From this step on, B is solved only at every eighth. */
  private static final int SOLVED_AT_EVERY_STEP = 32;

  private final Matrix matrix;
  private final List<double[]> left = new ArrayList<>();
  private final List<double[]> right = new ArrayList<>();
  private final List<Double> alphas = new ArrayList<>();
  private final List<Double> betas = new ArrayList<>();

  private LargestSingularValue(Matrix matrix) {
    this.matrix = matrix;
  }

  /**
   * The largest singular value of {@code matrix}; not a finite number where an element is none.
   *
   * @param random gives the start vector
   * @param id of the numbers taken from {@code random}: other matrices should take others
   */
  static double of(Matrix matrix, CounterRandom random, long id) {
    double[] start = new double[matrix.rows()];
    for (int i = 0; i < start.length; i++) {
      start[i] = random.gaussian(id, i);
    }
    return new LargestSingularValue(matrix).from(start);
  }

  private double from(double[] start) {
    double[] v = transposeTimes(start);
    double norm = norm(v);
    if (norm == 0 || !Double.isFinite(norm)) {
      return norm;
    }
    divide(v, norm);
    int most = Math.min(matrix.rows(), matrix.columns());
    for (int step = 1; ; step++) {
      right.add(v);
      double[] u = nextLeft(v);
      v = nextRight(u);
      double beta = norm(v);
      boolean last = step == most || beta == 0;
      if (last || step < SOLVED_AT_EVERY_STEP || step % 8 == 0) {
        SymmetricTridiagonal.Top top = solve();
        double largest = Math.sqrt(top.eigenvalue());
        if (last || beta * Math.abs(top.lastComponent()) <= TOLERANCE * largest) {
          return largest;
        }
      }
      divide(v, beta);
      betas.add(beta);
    }
  }

  /** Appends the unit vector along A v, less what is known of it, to the left basis. */
  private double[] nextLeft(double[] v) {
    double[] u = times(v);
    orthogonalise(u, left);
    double alpha = norm(u);
    alphas.add(alpha);
    if (alpha > 0) {
      divide(u, alpha);
    }
    left.add(u);
    return u;
  }

  /** Aᵀ u, less what is known of it. */
  private double[] nextRight(double[] u) {
    double[] v = transposeTimes(u);
    orthogonalise(v, right);
    return v;
  }

  /** The largest eigenvalue of B Bᵀ. */
  private SymmetricTridiagonal.Top solve() {
    int n = alphas.size();
    double[] diagonal = new double[n];
    double[] beside = new double[n - 1];
    for (int i = 0; i < n; i++) {
      double alpha = alphas.get(i);
      diagonal[i] = alpha * alpha;
      if (i < n - 1) {
        double beta = betas.get(i);
        diagonal[i] += beta * beta;
        beside[i] = beta * alphas.get(i + 1);
      }
    }
    return SymmetricTridiagonal.top(diagonal, beside);
  }

  private double[] times(double[] v) {
    double[] result = new double[matrix.rows()];
    int columns = matrix.columns();
    for (int row = 0; row < result.length; row++) {
      result[row] = dot(matrix.values(), row * columns, v);
    }
    return result;
  }

  private double[] transposeTimes(double[] u) {
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

  /** Takes from {@code vector} its components along {@code basis}, twice, which is enough. */
  private static void orthogonalise(double[] vector, List<double[]> basis) {
    for (int pass = 0; pass < 2; pass++) {
      for (double[] unit : basis) {
        double component = dot(unit, 0, vector);
        for (int i = 0; i < vector.length; i++) {
          vector[i] -= component * unit[i];
        }
      }
    }
  }

  private static double norm(double[] vector) {
    return Math.sqrt(dot(vector, 0, vector));
  }

  private static void divide(double[] vector, double by) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= by;
    }
  }

  /** Four running sums: one alone waits for each addition to end before the next begins. */
  private static double dot(double[] a, int offset, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < b.length; i += 4) {
      s0 += a[offset + i] * b[i];
      s1 += a[offset + i + 1] * b[i + 1];
      s2 += a[offset + i + 2] * b[i + 2];
      s3 += a[offset + i + 3] * b[i + 3];
    }
    for (; i < b.length; i++) {
      s0 += a[offset + i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }
}
