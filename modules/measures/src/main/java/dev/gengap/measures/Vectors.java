package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import java.util.Arrays;
import java.util.List;

/** Vectors as arrays of doubles. */
final class Vectors {
  /**
   * The share of a vector that is left, below which its directions are less than 14 digits right.
   */
  private static final double LITTLE = 0.01;

  private Vectors() {}

  /** A copy of row {@code index}. */
  static double[] row(Matrix matrix, int index) {
    int from = index * matrix.columns();
    return Arrays.copyOfRange(matrix.values(), from, from + matrix.columns());
  }

  /** a + factor · b. */
  static double[] plus(double[] a, double factor, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + factor * b[i];
    }
    return sum;
  }

  /** ‖a‖_2. */
  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  /** Divides {@code vector} by {@code by}. */
  static void divide(double[] vector, double by) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= by;
    }
  }

  /** ‖a − b‖²_2. */
  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  /** ⟨a, b⟩. */
  static double dot(double[] a, double[] b) {
    return dot(a, 0, b);
  }

  /** Adds {@code factor}·{@code what} to {@code vector}. */
  static void add(double[] vector, double factor, double[] what) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] += factor * what[i];
    }
  }

  /**
   * ⟨a, b⟩, where a begins at {@code offset}. Four running sums: one alone waits for each addition
   * to end before the next begins.
   */
  static double dot(double[] a, int offset, double[] b) {
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

  /**
   * Takes from {@code vector} its components along {@code basis}; once more where so little is left
   * that rounding would show in it.
   */
  static void orthogonalise(double[] vector, List<double[]> basis) {
    double before;
    do {
      before = norm(vector);
      for (double[] unit : basis) {
        add(vector, -dot(unit, vector), unit);
      }
    } while (norm(vector) < LITTLE * before);
  }
}
