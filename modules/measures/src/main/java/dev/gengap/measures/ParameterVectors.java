package dev.gengap.measures;

import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.ParameterSpec;

/** All parameters of a network as one vector, in double precision. */
final class ParameterVectors {
  private ParameterVectors() {}

  /** The tensors of {@link NetworkSpec#parameters}, one after the other. */
  static double[] of(NetworkSpec network, Weights weights) {
    double[] vector = new double[Math.toIntExact(network.parameterCount())];
    int at = 0;
    for (ParameterSpec parameter : network.parameters()) {
      for (float value : weights.get(parameter.name()).values()) {
        vector[at++] = value;
      }
    }
    return vector;
  }
}
