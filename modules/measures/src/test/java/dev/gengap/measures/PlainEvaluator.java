package dev.gengap.measures;

import dev.gengap.data.Examples;
import dev.gengap.network.Evaluator;
import dev.gengap.network.LayerSpec;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.Arrays;

/** Forward passes in double precision, one example at a time. */
record PlainEvaluator(NetworkSpec network) implements Evaluator {
  @Override
  public double[] logits(Weights weights, Examples examples) {
    double[] logits = new double[examples.size() * network.classes()];
    float[] input = new float[examples.features()];
    for (int i = 0; i < examples.size(); i++) {
      examples.copyInputs(i, 1, input);
      double[] output = forward(weights, input);
      System.arraycopy(output, 0, logits, i * output.length, output.length);
    }
    return logits;
  }

  @Override
  public void close() {}

  private double[] forward(Weights weights, float[] input) {
    double[] x = new double[input.length];
    Arrays.setAll(x, i -> input[i]);
    for (int i = 0; i < network.layers().size(); i++) {
      if (network.layers().get(i) instanceof LayerSpec.Linear linear) {
        x = linear(weights, i, linear, x);
      } else if (network.layers().get(i) instanceof LayerSpec.Relu) {
        x = Arrays.stream(x).map(value -> Math.max(value, 0)).toArray();
      }
    }
    return x;
  }

  private static double[] linear(Weights weights, int layer, LayerSpec.Linear linear, double[] x) {
    float[] w = weights.get(layer + ".weight").values();
    double[] y = new double[linear.out()];
    for (int row = 0; row < y.length; row++) {
      y[row] = linear.bias() ? weights.get(layer + ".bias").values()[row] : 0;
      for (int column = 0; column < x.length; column++) {
        y[row] += w[row * x.length + column] * x[column];
      }
    }
    return y;
  }
}
