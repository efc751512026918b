package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.ParameterSpec;
import java.util.List;
import java.util.stream.IntStream;

/** The weights of a network's layers as matrices (out, rest) in double precision. */
final class WeightMatrices {
  private WeightMatrices() {}

  /** W_1 … W_d: every parameter that is a weight, in the network's order. */
  static List<Matrix> of(NetworkSpec network, Weights weights) {
    return network.parameters().stream()
        .filter(parameter -> parameter.role() == ParameterSpec.Role.WEIGHT)
        .map(parameter -> matrix(weights.get(parameter.name())))
        .toList();
  }

  /** {@code from} − {@code what}, layer by layer. */
  static List<Matrix> differences(List<Matrix> from, List<Matrix> what) {
    return IntStream.range(0, from.size())
        .mapToObj(i -> difference(from.get(i), what.get(i)))
        .toList();
  }

  private static Matrix matrix(FloatArray array) {
    double[] values = new double[array.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.values()[i];
    }
    int rows = array.shape().get(0);
    return new Matrix(rows, values.length / rows, values);
  }

  private static Matrix difference(Matrix from, Matrix what) {
    double[] values = from.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] -= what.values()[i];
    }
    return new Matrix(from.rows(), from.columns(), values);
  }
}
