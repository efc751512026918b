package dev.gengap.measures;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The largest eigenvalue of a symmetric operator A, the most positive and not the largest in size,
 * by Lanczos' method with full reorthogonalisation: A Q = Q T + β q eᵀ with T tridiagonal. It stops
 * when the residual of the largest Ritz pair is at most 1e-4 of its value, which is then right to
 * about the square of that, or to the rounding of the products, where the next eigenvalue is not
 * close. Where the basis would outgrow its memory, it begins again at the Ritz vector. Confined to
 * one thread.
 */
final class LargestEigenvalue {
  private static final double TOLERANCE = 1e-4;
  private static final int MOST_PRODUCTS = 2000;
  private static final int MOST_VECTORS = 200;
  private static final int FEWEST_VECTORS = 8;

  /** Half a gigabyte. */
  private static final int MOST_NUMBERS = 1 << 26;

  private final UnaryOperator<double[]> operator;
  private final TimeLimit limit;
  private final List<double[]> basis = new ArrayList<>();
  private final List<Double> alphas = new ArrayList<>();
  private final List<Double> betas = new ArrayList<>();

  /**
   * An eigenvalue and its unit eigenvector. Treat the array as immutable.
   *
   * @param timeLimited whether time ended the search before the residual was small enough
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
  record Eigenpair(double value, double[] vector, boolean timeLimited) {}

  private LargestEigenvalue(UnaryOperator<double[]> operator, TimeLimit limit) {
    this.operator = operator;
    this.limit = limit;
  }

  /**
   * The largest eigenvalue.
   *
   * @param operator gives A q for a unit vector q, as a new array
   * @param start not 0; what it has none of is not found
   * @throws ArithmeticException if it is not found in 2000 products
   */
  static Eigenpair of(UnaryOperator<double[]> operator, double[] start, TimeLimit limit) {
    return new LargestEigenvalue(operator, limit).from(start);
  }

  private Eigenpair from(double[] start) {
    int dimension = start.length;
    int most =
        Math.min(MOST_VECTORS, Math.max(FEWEST_VECTORS, MOST_NUMBERS / Math.max(1, dimension)));
    double[] next = start.clone();
    Vectors.divide(next, Vectors.norm(next));
    for (int product = 1; product <= MOST_PRODUCTS; product++) {
      next = extend(next);
      double beta = Vectors.norm(next);
      SymmetricTridiagonal.Top top = SymmetricTridiagonal.top(diagonal(), beside());
      double residual = beta * Math.abs(top.lastComponent());
      boolean found =
          basis.size() == dimension || residual <= TOLERANCE * Math.abs(top.eigenvalue());
      if (found || limit.isOver()) {
        return new Eigenpair(top.eigenvalue(), ritzVector(), !found);
      }
      if (basis.size() == most) {
        next = restart();
      } else {
        Vectors.divide(next, beta);
        betas.add(beta);
      }
    }
    throw new ArithmeticException(
        "eigenvalue: not found in " + MOST_PRODUCTS + " products (expected: fewer are enough)");
  }

  /** Adds a unit vector to the basis, and gives A times it, less what is known of that. */
  private double[] extend(double[] unit) {
    double[] image = operator.apply(unit);
    alphas.add(Vectors.dot(unit, image));
    basis.add(unit);
    Vectors.orthogonalise(image, basis);
    return image;
  }

  private double[] restart() {
    double[] ritz = ritzVector();
    basis.clear();
    alphas.clear();
    betas.clear();
    return ritz;
  }

  private double[] ritzVector() {
    double[] components = SymmetricTridiagonal.topVector(diagonal(), beside());
    double[] sum = new double[basis.get(0).length];
    for (int i = 0; i < components.length; i++) {
      Vectors.add(sum, components[i], basis.get(i));
    }
    Vectors.divide(sum, Vectors.norm(sum));
    return sum;
  }

  private double[] diagonal() {
    return alphas.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double[] beside() {
    return betas.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
