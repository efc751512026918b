package dev.gengap.measures;

import dev.gengap.measures.api.Passes;

/**
 * H v by Pearlmutter's R-operator: exact but for rounding, and blind to kinks of activations, where
 * there are no second derivatives. Confined to the thread of the passes.
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
record PearlmutterProduct(Passes passes, double[] weights) implements HessianProduct {
  @Override
  public int dimension() {
    return weights.length;
  }

  @Override
  public double[] times(double[] v) {
    double[] product = new double[v.length];
    passes.hessianProduct(weights, v, product);
    return product;
  }
}
