package dev.gengap.measures;

import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Passes;

/** Products of the Hessian H of the training loss with vectors. Confined to one thread. */
interface HessianProduct {
  /** Number of parameters. */
  int dimension();

  /** H v for a unit vector v, as a new array. */
  double[] times(double[] v);

  /** Passes that one product takes, about. */
  static double passes(MeasureContext context) {
    return context.singlePrecisionPasses().hasHessianProduct()
        ? 3 * SnapshotPasses.SINGLE_PRECISION
        : 2;
  }

  /**
   * The Hessian at the snapshot's parameters: by Pearlmutter's R-operator, in single precision,
   * where the network has none but layers that are piecewise linear; else by differences of
   * gradients.
   */
  static HessianProduct at(MeasureContext context) {
    Passes passes = context.singlePrecisionPasses();
    if (passes.hasHessianProduct()) {
      return new PearlmutterProduct(passes, context.parameters());
    }
    double[] gradient = context.get(LossGradient.AT_WEIGHTS).gradient();
    return new DifferenceProduct(context.passes(), context.parameters(), gradient);
  }
}
