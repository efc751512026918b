package dev.gengap.measures;

import dev.gengap.measures.api.MeasureContext;
import java.util.List;

/** Sums and products of one number per layer; products as logarithms, which cannot overflow. */
final class Layers {
  private Layers() {}

  static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** ln(d p^{1/d}) of ln p, d the number of weight layers. */
  static double lnMean(double lnProduct, MeasureContext context) {
    int d = context.weightMatrices().size();
    return StrictMath.log(d) + lnProduct / d;
  }

  static double lnProduct(List<Double> values) {
    return values.stream().mapToDouble(StrictMath::log).sum();
  }
}
