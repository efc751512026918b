package dev.gengap.measures;

import dev.gengap.compute.Window;
import dev.gengap.measures.api.Matrix;
import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.LayerNorm;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.LocalResponseNorm;
import dev.gengap.network.layer.MaxPool2d;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What reaches the units of a network over all paths, each weighted by its product of |w|^power:
 * biases are left out, a maximum takes its largest input, a mean keeps its weights, an identity its
 * one. Goes through the layers once, in their order. Confined to one thread.
 */
final class Reach {
  private final Iterator<Matrix> weights;
  private final double power;

  /**
   * @param weights W_1 … W_d of the network
   * @param power ≥ 1
   */
  Reach(List<Matrix> weights, double power) {
    this.weights = weights.iterator();
    this.power = power;
  }

  /**
   * What reaches the outputs of {@code layer}.
   *
   * @param shape of one example before it
   * @param reach what reaches its inputs, each ≥ 0, row-major
   */
  double[] through(LayerSpec layer, List<Integer> shape, double[] reach) {
    if (layer instanceof Linear) {
      return linear(powers(weights.next()), reach);
    }
    if (layer instanceof Conv2d conv) {
      Planes image = new Planes(shape, reach);
      return image.convolved(powers(weights.next()), conv.window(shape)).values();
    }
    if (layer instanceof MaxPool2d pool) {
      return new Planes(shape, reach).pooled(pool.window(shape), Math::max).values();
    }
    if (layer instanceof AvgPool2d pool) {
      Window window = pool.window(shape);
      double size = (double) window.kernelHeight() * window.kernelWidth();
      double[] sums = new Planes(shape, reach).pooled(window, Double::sum).values();
      Arrays.setAll(sums, i -> sums[i] / size);
      return sums;
    }
    if (layer instanceof Branching branching) {
      return joined(branching, shape, reach);
    }
    if (layer instanceof BatchNorm
        || layer instanceof LayerNorm
        || layer instanceof LocalResponseNorm) {
      throw new IllegalArgumentException(
          "layer: " + layer.type() + " (expected: one whose paths are known)");
    }
    return reach; // one number in, one out
  }

  private double[] joined(Branching branching, List<Integer> shape, double[] reach) {
    double[] joined = null;
    for (List<LayerSpec> path : branching.paths()) {
      List<Integer> before = shape;
      double[] along = reach;
      for (LayerSpec layer : path) {
        along = through(layer, before, along);
        before = layer.outputShape(before);
      }
      joined = joined == null ? along : join(branching, joined, along);
    }
    return joined;
  }

  private static double[] join(Branching branching, double[] a, double[] b) {
    double[] joined = Arrays.copyOf(a, branching instanceof Add ? a.length : a.length + b.length);
    if (branching instanceof Add) {
      Arrays.setAll(joined, i -> a[i] + b[i]);
    } else {
      System.arraycopy(b, 0, joined, a.length, b.length);
    }
    return joined;
  }

  private static double[] linear(Matrix weight, double[] input) {
    double[] output = new double[weight.rows()];
    for (int row = 0; row < weight.rows(); row++) {
      double sum = 0;
      for (int column = 0; column < weight.columns(); column++) {
        sum += weight.get(row, column) * input[column];
      }
      output[row] = sum;
    }
    return output;
  }

  private Matrix powers(Matrix weight) {
    double[] values = new double[weight.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = power(Math.abs(weight.values()[i]));
    }
    return new Matrix(weight.rows(), weight.columns(), values);
  }

  private double power(double w) {
    if (power == 1) {
      return w;
    }
    return power == 2 ? w * w : StrictMath.pow(w, power);
  }
}
