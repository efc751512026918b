package dev.gengap.measures;

import dev.gengap.compute.Window;
import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.Gelu;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.LeakyRelu;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.MaxPool2d;
import dev.gengap.network.layer.Relu;
import dev.gengap.network.layer.Sequential;
import dev.gengap.network.layer.Tanh;
import java.util.Iterator;
import java.util.List;

/**
 * An upper bound on the Lipschitz constant of a network's outputs: the product of those of its
 * layers, joined where paths join. Goes through the layers once, in their order. Confined to one
 * thread.
 */
final class LipschitzBound {
  /** The largest slope of x·Φ(x), at √2, rounded up. */
  private static final double GELU = 1.128905;

  private final Norm norm;
  private final Iterator<Double> weights;

  /** How distances are measured. */
  enum Norm {
    L2,
    L_INF
  }

  /**
   * @param weights operator norms of the weight layers
   */
  LipschitzBound(Norm norm, List<Double> weights) {
    this.norm = norm;
    this.weights = weights.iterator();
  }

  /**
   * ln of the bound for {@code layers}.
   *
   * @throws IllegalArgumentException for a layer without {@link #isKnown a known constant}
   */
  double ln(List<LayerSpec> layers, List<Integer> input) {
    List<List<Integer>> shapes = new Sequential(layers).shapes(input);
    double ln = 0;
    for (int i = 0; i < layers.size(); i++) {
      ln += ln(layers.get(i), shapes.get(i));
    }
    return ln;
  }

  /** Whether a constant of {@code layer}, which does not branch, is known. */
  static boolean isKnown(LayerSpec layer) {
    return layer instanceof Linear
        || layer instanceof Conv2d
        || layer instanceof MaxPool2d
        || layer instanceof AvgPool2d
        || layer instanceof Gelu
        || layer instanceof LeakyRelu
        || doesNotStretch(layer);
  }

  private static boolean doesNotStretch(LayerSpec layer) {
    return layer instanceof Relu
        || layer instanceof Tanh
        || layer instanceof Flatten
        || layer instanceof Dropout;
  }

  private double ln(LayerSpec layer, List<Integer> input) {
    if (layer instanceof Branching branching) {
      return joined(branching, input);
    }
    if (layer instanceof Linear || layer instanceof Conv2d) {
      return StrictMath.log(weights.next());
    }
    if (layer instanceof MaxPool2d pool) {
      return norm == Norm.L2 ? StrictMath.log(windowsOfAPixel(pool.window(input))) / 2 : 0;
    }
    if (layer instanceof AvgPool2d pool) {
      Window window = pool.window(input);
      double pixels = (double) window.kernelHeight() * window.kernelWidth();
      return norm == Norm.L2 ? StrictMath.log(windowsOfAPixel(window) / pixels) / 2 : 0;
    }
    if (layer instanceof Gelu) {
      return StrictMath.log(GELU);
    }
    if (layer instanceof LeakyRelu leaky) {
      return StrictMath.log(Math.max(1, leaky.slope()));
    }
    if (doesNotStretch(layer)) {
      return 0;
    }
    throw new IllegalArgumentException(
        "layer: " + layer.type() + " (expected: one whose Lipschitz constant is known)");
  }

  /** Most windows that see one pixel. */
  private static double windowsOfAPixel(Window window) {
    double rows = Math.ceil((double) window.kernelHeight() / window.strideHeight());
    double columns = Math.ceil((double) window.kernelWidth() / window.strideWidth());
    return rows * columns;
  }

  /** Sums of paths add their constants; side by side, squares add, or the largest counts. */
  private double joined(Branching branching, List<Integer> input) {
    double joined = Double.NEGATIVE_INFINITY;
    for (List<LayerSpec> path : branching.paths()) {
      double along = ln(path, input);
      if (branching instanceof Add) {
        joined = lnSum(joined, along);
      } else if (norm == Norm.L2) {
        joined = lnSum(2 * joined, 2 * along) / 2;
      } else {
        joined = Math.max(joined, along);
      }
    }
    return joined;
  }

  /** ln(e^a + e^b). */
  private static double lnSum(double a, double b) {
    double most = Math.max(a, b);
    return most == Double.NEGATIVE_INFINITY
        ? most
        : most + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - most));
  }
}
