package dev.gengap.measures;

import dev.gengap.measures.api.Passes;

/**
 * Products of the Hessian H of the training loss with vectors, by differences of gradients: H v ≈
 * (g(w + hv) − g(w − hv)) / 2h, in double precision, with h = 1e-6 for unit vectors.
 *
 * <p>Where an activation's kink lies between w − hv and w + hv, the difference across it is a jump
 * divided by h, which has nothing to do with H. It shows: the differences to the left and to the
 * right no longer agree. Then a smaller h is tried, and at last the smaller of the two is taken,
 * the one without the jump where there is a kink on one side only. With very many units and
 * examples there are kinks on both, and then there is no end to it. Confined to one thread.
 */
final class DifferenceProduct implements HessianProduct {
  private static final double STEP = 1e-6;
  private static final double SMALL_STEP = 1e-8;

  /** Left and right differ by h times a third derivative where there is no kink. */
  private static final double AGREEMENT = 1e-3;

  /** Share of the products where neither step agreed, of at least so many. */
  private static final double MOST_DISAGREEMENTS = 0.25;

  private static final int TELLING_PRODUCTS = 8;

  /** Rounding errors of gradients, relative to 1 + ‖g‖. */
  private static final double NOISE = 1e-13;

  private final Passes passes;
  private final double[] weights;
  private final double[] gradient;
  private final double noise;
  private int products;
  private int disagreements;

  /**
   * The Hessian at {@code weights}.
   *
   * @param gradient g there
   */
  DifferenceProduct(Passes passes, double[] weights, double[] gradient) {
    this.passes = passes;
    this.weights = weights;
    this.gradient = gradient;
    this.noise = NOISE * (1 + Vectors.norm(gradient));
  }

  @Override
  public int dimension() {
    return weights.length;
  }

  /** The loss is so full of kinks that its second derivatives cannot be told from them. */
  static final class ObscuredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ObscuredException(String message) {
      super(message);
    }
  }

  /**
   * H v for a unit vector v: four passes at most.
   *
   * @throws ObscuredException if it was met by kinks on both sides too often
   */
  @Override
  public double[] times(double[] v) {
    products++;
    Sides sides = sides(v, STEP);
    if (!sides.agree()) {
      sides = sides(v, SMALL_STEP);
    }
    if (sides.agree()) {
      return middle(sides.right(), sides.left());
    }
    disagreements++;
    if (products >= TELLING_PRODUCTS && disagreements > MOST_DISAGREEMENTS * products) {
      throw new ObscuredException(
          "kinks of activations hide the second derivatives; fewer `examples` have fewer of them");
    }
    return Vectors.norm(sides.right()) < Vectors.norm(sides.left()) ? sides.right() : sides.left();
  }

  /** The differences to either side, and whether they agree. */
  @SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
  private record Sides(double[] right, double[] left, boolean agree) {}

  private Sides sides(double[] v, double step) {
    double[] right = difference(v, step);
    double[] left = difference(v, -step);
    double scale = Math.max(Vectors.norm(right), Vectors.norm(left));
    double apart = Vectors.norm(Vectors.plus(right, -1, left));
    return new Sides(right, left, apart <= AGREEMENT * scale + noise / step);
  }

  /** (g(w + step·v) − g(w)) / step. */
  private double[] difference(double[] v, double step) {
    double[] there = new double[weights.length];
    passes.gradient(Vectors.plus(weights, step, v), there);
    for (int i = 0; i < there.length; i++) {
      there[i] = (there[i] - gradient[i]) / step;
    }
    return there;
  }

  private static double[] middle(double[] a, double[] b) {
    double[] middle = Vectors.plus(a, 1, b);
    Vectors.divide(middle, 2);
    return middle;
  }
}
