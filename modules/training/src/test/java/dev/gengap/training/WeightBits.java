package dev.gengap.training;

import dev.gengap.network.Weights;
import java.util.Arrays;
import java.util.List;

/** The exact numbers of a set of weights, to compare. */
final class WeightBits {
  private WeightBits() {}

  static List<List<Integer>> of(Weights weights) {
    return weights.tensors().values().stream().map(a -> bits(a.values())).toList();
  }

  private static List<Integer> bits(float[] values) {
    Integer[] bits = new Integer[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return Arrays.asList(bits);
  }
}
