package dev.gengap.measures;

import java.util.List;

/** Sums and products of one number per layer; products as logarithms, which cannot overflow. */
final class Layers {
  private Layers() {}

  static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  static double lnProduct(List<Double> values) {
    return values.stream().mapToDouble(StrictMath::log).sum();
  }
}
