package dev.gengap.measures;

import dev.gengap.measures.api.Passes;

/**
 * Looks for the largest loss L(w + ν) in the box |ν_i| ≤ b_i by projected ascent. It begins at the
 * corner that the gradient at w points to, and jumps from corner to corner as the sign of the
 * gradient there says, with ever smaller jumps. Then it begins again at w with steps along the
 * gradient, which follow the loss into other basins than the corner's, and goes on with jumps from
 * there. What counts is the largest loss on the way, or that at the corner if it is larger, both
 * computed once more in double precision. Always the same for the same network and examples.
 * Confined to one thread.
 */
final class ProjectedAscent {
  /** Mean length of a step along the gradient, as a fraction of the box. */
  private static final double GENTLE = 0.1;

  /** From anywhere in the box to the corner. */
  private static final double FIRST_JUMP = 2;

  private static final double LAST_JUMP = 0.02;

  private final Passes search;
  private final double[] weights;
  private final double[] box;
  private final TimeLimit limit;
  private final double[] gradient;
  private final double[] best;
  private double largest = Double.NEGATIVE_INFINITY;
  private boolean ended;

  /**
   * What an ascent came to.
   *
   * @param largest the largest loss
   * @param timeLimited whether time ended it
   */
  record Peak(double largest, boolean timeLimited) {}

  private ProjectedAscent(Passes search, Box around, TimeLimit limit) {
    this.search = search;
    this.weights = around.centre();
    this.box = around.sides();
    this.limit = limit;
    this.gradient = new double[weights.length];
    this.best = new double[weights.length];
  }

  /**
   * The largest loss found; at least those at w and at the corner.
   *
   * @param start L and g at w
   * @param around w and its box
   * @param steps of each of the three parts
   */
  static Peak peak(
      TwoPrecisions passes, LossGradient start, Box around, int steps, TimeLimit limit) {
    ProjectedAscent ascent = new ProjectedAscent(passes.search(), around, limit);
    ascent.search(start.gradient(), steps);
    double atCorner = ascent.loss(passes.result(), ascent.corner(start.gradient()));
    double atBest = ascent.loss(passes.result(), ascent.best);
    return new Peak(Math.max(start.loss(), Math.max(atCorner, atBest)), ascent.ended);
  }

  /**
   * Passes over the same examples.
   *
   * @param search which look for the largest loss
   * @param result which compute it
   */
  record TwoPrecisions(Passes search, Passes result) {}

  /** Leaves the ν it finds in {@link #best}. */
  private void search(double[] start, int steps) {
    double[] nu = new double[box.length];
    System.arraycopy(start, 0, gradient, 0, nu.length);
    jumpFrom(nu, 1 + steps);
    nu = new double[nu.length];
    System.arraycopy(start, 0, gradient, 0, nu.length);
    climbFrom(nu, steps);
    jumpFrom(nu, steps);
  }

  /** b ⊙ sign(g). */
  private double[] corner(double[] g) {
    double[] corner = new double[g.length];
    for (int i = 0; i < corner.length; i++) {
      corner[i] = box[i] * Math.signum(g[i]);
    }
    return corner;
  }

  private double loss(Passes passes, double[] nu) {
    return passes.loss(Vectors.plus(weights, 1, nu)).crossEntropy();
  }

  /**
   * A box.
   *
   * @param centre w
   * @param sides b: half the length of each side, &gt; 0
   */
  @SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
  record Box(double[] centre, double[] sides) {}

  /** ν ← clip(ν + η·b ⊙ b ⊙ g / mean(b ⊙ |g|)), from where the gradient was taken last. */
  private void climbFrom(double[] nu, int steps) {
    for (int step = 0; step < steps && !ended; step++) {
      double mean = 0;
      for (int i = 0; i < nu.length; i++) {
        mean += box[i] * Math.abs(gradient[i]) / nu.length;
      }
      if (!(mean > 0)) {
        return;
      }
      for (int i = 0; i < nu.length; i++) {
        nu[i] = clipped(i, nu[i] + GENTLE * box[i] * (box[i] * gradient[i] / mean));
      }
      look(nu);
    }
  }

  /** ν ← clip(ν + η·b ⊙ sign(g)), η from 2 down to 1/50, from where the gradient was taken last. */
  private void jumpFrom(double[] nu, int steps) {
    for (int step = 0; step < steps && !ended; step++) {
      double eta = FIRST_JUMP * StrictMath.pow(LAST_JUMP / FIRST_JUMP, (double) step / steps);
      for (int i = 0; i < nu.length; i++) {
        nu[i] = clipped(i, nu[i] + eta * box[i] * Math.signum(gradient[i]));
      }
      look(nu);
    }
  }

  private double clipped(int i, double value) {
    return Math.max(-box[i], Math.min(box[i], value));
  }

  private void look(double[] nu) {
    double loss = search.gradient(Vectors.plus(weights, 1, nu), gradient);
    if (!(loss <= largest)) { // NaN: the other precision decides
      largest = loss;
      System.arraycopy(nu, 0, best, 0, nu.length);
    }
    ended = limit.isOver();
  }
}
