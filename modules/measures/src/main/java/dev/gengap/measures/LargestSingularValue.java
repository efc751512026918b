package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The largest singular value of a linear map A by Golub–Kahan–Lanczos bidiagonalisation in double
 * precision with full reorthogonalisation: A V = U B and Aᵀ U = V Bᵀ + β v eᵀ, with B upper
 * bidiagonal. It stops when the residual of the largest singular triplet of B shows a relative
 * error of at most the tolerance; the value is usually exact to rounding, the error of a residual r
 * being of the order of r². Unlike power iteration it is not slowed to a stop by a close second
 * singular value. Takes some tens of steps, each a product with A and with Aᵀ; where the vectors of
 * all steps would be too many to keep, it starts again from the best that they hold.
 */
final class LargestSingularValue {
  private static final double TOLERANCE = 1e-9;

  /** From this step on, B is solved only at every eighth. */
  private static final int SOLVED_AT_EVERY_STEP = 32;

  /** Most numbers kept in all vectors, 128 MiB, but for those of the fewest steps. */
  private static final int MOST_NUMBERS = 1 << 24;

  private static final int FEWEST_STEPS = 16;

  /** Beginnings again from the best so far. */
  private static final int MOST_ROUNDS = 200;

  private final LinearMap map;
  private final double tolerance;
  private final List<double[]> left = new ArrayList<>();
  private final List<double[]> right = new ArrayList<>();
  private final List<Double> alphas = new ArrayList<>();
  private final List<Double> betas = new ArrayList<>();

  /**
   * What was found.
   *
   * @param value the singular value
   * @param left its unit vector u: Aᵀ u = value · v
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Found(double value, double[] left) {}

  private LargestSingularValue(LinearMap map, double tolerance) {
    this.map = map;
    this.tolerance = tolerance;
  }

  /**
   * The largest singular value of {@code matrix}; not a finite number where an element is none.
   *
   * @param random gives the start vector
   * @param id of the numbers taken from {@code random}: other matrices should take others
   */
  static double of(Matrix matrix, CounterRandom random, long id) {
    return of(new DenseMap(matrix), start(matrix.rows(), random, id), TOLERANCE).value();
  }

  /** Those of {@code matrices}, each from a start vector of its own. */
  static List<Double> ofAll(List<Matrix> matrices, long seed) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.MEASURE_START);
    List<Double> values = new ArrayList<>();
    for (Matrix matrix : matrices) {
      values.add(of(matrix, random, values.size()));
    }
    return List.copyOf(values);
  }

  /** Standard normal deviates: a vector that no singular vector is orthogonal to. */
  static double[] start(int size, CounterRandom random, long id) {
    double[] start = new double[size];
    for (int i = 0; i < start.length; i++) {
      start[i] = random.gaussian(id, i);
    }
    return start;
  }

  /**
   * The largest singular value of {@code map}; not a finite number where the map gives none.
   *
   * @param start as many numbers as the map gives
   * @param tolerance most relative error
   * @throws ArithmeticException if it is not found in 200 rounds
   */
  static Found of(LinearMap map, double[] start, double tolerance) {
    int whole = Math.min(map.inputs(), map.outputs());
    int kept = Math.max(FEWEST_STEPS, MOST_NUMBERS / (map.inputs() + map.outputs()));
    double[] from = start;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      LargestSingularValue search = new LargestSingularValue(map, tolerance);
      double value = search.from(from, Math.min(whole, kept));
      if (!(value > 0) || kept >= whole || search.left.size() < kept) {
        return new Found(value, search.best(from));
      }
      from = search.best(from);
    }
    throw new ArithmeticException(
        "singular value: not found in " + MOST_ROUNDS + " rounds (expected: fewer are enough)");
  }

  /**
   * @return the singular value; found where it took fewer than {@code most} steps
   */
  private double from(double[] start, int most) {
    double[] v = map.transposeTimes(start);
    double norm = Vectors.norm(v);
    if (norm == 0 || !Double.isFinite(norm)) {
      return norm;
    }
    Vectors.divide(v, norm);
    for (int step = 1; ; step++) {
      right.add(v);
      double[] u = nextLeft(v);
      v = nextRight(u);
      double beta = Vectors.norm(v);
      boolean last = step == most || beta == 0;
      if (last || step < SOLVED_AT_EVERY_STEP || step % 8 == 0) {
        SymmetricTridiagonal.Top top = SymmetricTridiagonal.top(diagonal(), beside());
        double largest = Math.sqrt(top.eigenvalue());
        if (last || beta * Math.abs(top.lastComponent()) <= tolerance * largest) {
          return largest;
        }
      }
      Vectors.divide(v, beta);
      betas.add(beta);
    }
  }

  /** The left vector of the largest singular value of B. */
  private double[] best(double[] start) {
    if (left.isEmpty()) {
      return start;
    }
    double[] components = SymmetricTridiagonal.topVector(diagonal(), beside());
    double[] best = new double[map.outputs()];
    for (int i = 0; i < components.length; i++) {
      Vectors.add(best, components[i], left.get(i));
    }
    return best;
  }

  /** Appends the unit vector along A v, less what is known of it, to the left basis. */
  private double[] nextLeft(double[] v) {
    double[] u = map.times(v);
    Vectors.orthogonalise(u, left);
    double alpha = Vectors.norm(u);
    alphas.add(alpha);
    if (alpha > 0) {
      Vectors.divide(u, alpha);
    }
    left.add(u);
    return u;
  }

  /** Aᵀ u, less what is known of it. */
  private double[] nextRight(double[] u) {
    double[] v = map.transposeTimes(u);
    Vectors.orthogonalise(v, right);
    return v;
  }

  /** The diagonal of B Bᵀ. */
  private double[] diagonal() {
    double[] diagonal = new double[alphas.size()];
    for (int i = 0; i < diagonal.length; i++) {
      double beta = i < betas.size() ? betas.get(i) : 0;
      diagonal[i] = alphas.get(i) * alphas.get(i) + beta * beta;
    }
    return diagonal;
  }

  /** What is beside the diagonal of B Bᵀ. */
  private double[] beside() {
    double[] beside = new double[alphas.size() - 1];
    for (int i = 0; i < beside.length; i++) {
      beside[i] = betas.get(i) * alphas.get(i + 1);
    }
    return beside;
  }
}
