package dev.gengap.measures;

import dev.gengap.compute.Window;
import dev.gengap.data.Examples;
import dev.gengap.measures.api.Matrix;
import dev.gengap.network.Evaluator;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.MaxPool2d;
import dev.gengap.network.layer.Relu;
import java.util.Arrays;
import java.util.List;

/** Forward passes in double precision, one example at a time; pooling where nothing is negative. */
record PlainEvaluator(NetworkSpec network) implements Evaluator {
  @Override
  public double[] logits(Weights weights, Examples examples) {
    double[] logits = new double[examples.size() * network.classes()];
    float[] input = new float[examples.features()];
    for (int i = 0; i < examples.size(); i++) {
      examples.copyInputs(i, 1, input);
      double[] output = forward(weights, doubles(input));
      System.arraycopy(output, 0, logits, i * output.length, output.length);
    }
    return logits;
  }

  @Override
  public void close() {}

  private double[] forward(Weights weights, double[] input) {
    double[] x = input;
    for (int i = 0; i < network.layers().size(); i++) {
      LayerSpec layer = network.layers().get(i);
      List<Integer> shape = network.shapeBefore(i);
      if (layer instanceof Linear linear) {
        x = linear(weights, i, linear, x);
      } else if (layer instanceof Relu) {
        x = Arrays.stream(x).map(value -> Math.max(value, 0)).toArray();
      } else if (layer instanceof Conv2d conv) {
        x = convolved(weights, i, new Planes(shape, x), conv.window(shape));
      } else if (layer instanceof MaxPool2d pool) {
        x = new Planes(shape, x).pooled(pool.window(shape), Math::max).values();
      } else if (layer instanceof AvgPool2d pool) {
        int size = pool.kernel().height() * pool.kernel().width();
        double[] sums = new Planes(shape, x).pooled(pool.window(shape), Double::sum).values();
        x = Arrays.stream(sums).map(sum -> sum / size).toArray();
      } else if (layer instanceof BatchNorm norm) {
        normalise(weights, i, norm, x);
      } else if (!(layer instanceof Flatten)) {
        throw new IllegalArgumentException("layer: " + layer);
      }
    }
    return x;
  }

  private static double[] convolved(Weights weights, int layer, Planes image, Window window) {
    double[] w = doubles(weights.get(layer + ".weight").values());
    float[] b = weights.get(layer + ".bias").values();
    Planes output = image.convolved(new Matrix(b.length, w.length / b.length, w), window);
    int area = output.height() * output.width();
    double[] y = output.values();
    Arrays.setAll(y, i -> y[i] + b[i / area]);
    return y;
  }

  private static void normalise(Weights weights, int layer, BatchNorm norm, double[] x) {
    float[] scale = weights.get(layer + ".weight").values();
    float[] shift = weights.get(layer + ".bias").values();
    float[] mean = weights.get(layer + ".running_mean").values();
    float[] variance = weights.get(layer + ".running_var").values();
    int area = x.length / scale.length;
    for (int i = 0; i < x.length; i++) {
      int c = i / area;
      x[i] = scale[c] * (x[i] - mean[c]) / Math.sqrt(variance[c] + norm.epsilon()) + shift[c];
    }
  }

  private static double[] linear(Weights weights, int layer, Linear linear, double[] x) {
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

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }
}
