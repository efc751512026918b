package dev.gengap.measures;

/** The offsets u = w′ − w that an adversary may choose from, of a size that grows with α. */
enum Neighbourhood {
  /** ‖u‖₂ ≤ α. */
  BALL {
    @Override
    void ascend(double[] offset, double[] gradient, double[] parameters, Stride stride) {
      double slope = Vectors.norm(gradient);
      if (slope == 0) {
        return;
      }
      for (int i = 0; i < offset.length; i++) {
        offset[i] += stride.fraction * stride.alpha / slope * gradient[i];
      }
      double length = Vectors.norm(offset);
      if (length > stride.alpha) {
        for (int i = 0; i < offset.length; i++) {
          offset[i] *= stride.alpha / length;
        }
      }
    }
  },
  /** |u_i| ≤ α(|w_i|+1). */
  BOX {
    @Override
    void ascend(double[] offset, double[] gradient, double[] parameters, Stride stride) {
      for (int i = 0; i < offset.length; i++) {
        double most = stride.alpha * (Math.abs(parameters[i]) + 1);
        double next = offset[i] + stride.fraction * most * Math.signum(gradient[i]);
        offset[i] = Math.max(-most, Math.min(most, next));
      }
    }
  };

  /**
   * Moves {@code offset} up the steepest way that its bound's norm knows, and back to the bound
   * where it leaves it.
   */
  abstract void ascend(double[] offset, double[] gradient, double[] parameters, Stride stride);

  /**
   * A step.
   *
   * @param fraction of the way from the middle to the border
   * @param alpha α
   */
  record Stride(double fraction, double alpha) {}
}
