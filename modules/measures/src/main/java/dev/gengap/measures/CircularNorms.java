package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.LayerSummary;
import dev.gengap.network.layer.Conv2d;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The ℓ2 operator norm of each weight layer with its convolutions circular and moved by one (Sedghi
 * et al. 2019): the discrete Fourier transform takes such a convolution apart into one matrix (out,
 * in) for each frequency, so that its norm is the largest of theirs.
 */
final class CircularNorms {
  private static final double TOLERANCE = 1e-9;

  private static final Shared<List<Double>> NORMS = Shared.of(CircularNorms::find);

  private CircularNorms() {}

  /** One for each weight layer. */
  static List<Double> of(MeasureContext context) {
    return context.get(NORMS);
  }

  /** One for each of {@code matrices}, those of the weight layers of a network of this form. */
  static List<Double> of(MeasureContext context, List<Matrix> matrices) {
    List<LayerSummary> layers = WeightLayers.of(context.network());
    CounterRandom random = CounterRandom.of(context.seed(), RandomStream.MEASURE_START);
    List<Double> norms = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Matrix weight = matrices.get(i);
      norms.add(
          layers.get(i).layer() instanceof Conv2d conv
              ? norm(new Kernels(weight, conv, layers.get(i).input()), random)
              : LargestSingularValue.of(weight, random, i));
    }
    return List.copyOf(norms);
  }

  private static List<Double> find(MeasureContext context) {
    return of(context, context.weightMatrices());
  }

  /** The largest over all frequencies; most need not be solved, as their Frobenius norm is less. */
  private static double norm(Kernels kernels, CounterRandom random) {
    double largest = 0;
    for (Frequency frequency : kernels.frequencies()) {
      if (!(frequency.frobenius() * (1 + TOLERANCE) < largest)) {
        LinearMap map = new DenseMap(kernels.at(frequency));
        double[] start = LargestSingularValue.start(map.outputs(), random, 0);
        double value = LargestSingularValue.of(map, start, TOLERANCE).value();
        if (!(value <= largest)) {
          largest = value;
        }
      }
    }
    return largest;
  }

  /** How often the matrix of a frequency turns over an image, and its Frobenius norm. */
  private record Frequency(int row, int column, double frobenius) {}

  /** The kernels of one convolution, over images of (in, height, width). */
  private record Kernels(Matrix weight, Conv2d conv, List<Integer> input) {

    /** Those that are not each other's conjugates, the one of the largest Frobenius norm first. */
    List<Frequency> frequencies() {
      double[] products = tapProducts();
      int height = input.get(1);
      int width = input.get(2);
      List<Frequency> all = new ArrayList<>();
      for (int row = 0; row < height; row++) {
        for (int column = 0; column < width; column++) {
          int conjugate = (height - row) % height * width + (width - column) % width;
          if (row * width + column <= conjugate) {
            all.add(new Frequency(row, column, frobenius(row, column, products)));
          }
        }
      }
      all.sort(Comparator.comparingDouble(Frequency::frobenius).reversed());
      return all;
    }

    /** ⟨W_s, W_t⟩ for all taps s and t. */
    private double[] tapProducts() {
      int area = area();
      double[] products = new double[area * area];
      for (int first = 0; first < weight.values().length; first += area) {
        for (int i = 0; i < products.length; i++) {
          products[i] += weight.values()[first + i / area] * weight.values()[first + i % area];
        }
      }
      return products;
    }

    private double frobenius(int row, int column, double[] products) {
      double square = 0;
      for (int i = 0; i < products.length; i++) {
        double angle = angle(row, column, i / area()) - angle(row, column, i % area());
        square += products[i] * StrictMath.cos(angle);
      }
      return Math.sqrt(Math.max(square, 0));
    }

    /** 2π (row · tap row / height + column · tap column / width). */
    private double angle(int row, int column, int tap) {
      int tapRow = tap / conv.kernel().width();
      int tapColumn = tap % conv.kernel().width();
      double turns =
          (double) row * tapRow / input.get(1) + (double) column * tapColumn / input.get(2);
      return 2 * Math.PI * turns;
    }

    /**
     * ((re, −im), (im, re)) of the complex matrix Σ over taps of W_tap exp(−i angle): the real
     * matrix of the same map.
     */
    Matrix at(Frequency frequency) {
      int rows = weight.rows();
      int columns = input.get(0);
      double[] values = new double[4 * rows * columns];
      for (int tap = 0; tap < area(); tap++) {
        double angle = angle(frequency.row(), frequency.column(), tap);
        double c = StrictMath.cos(angle);
        double s = StrictMath.sin(angle);
        for (int i = 0; i < rows * columns; i++) {
          double w = weight.values()[i * area() + tap];
          int upper = 2 * columns * (i / columns) + i % columns;
          int lower = upper + 2 * columns * rows;
          values[upper] += c * w;
          values[upper + columns] += s * w;
          values[lower] -= s * w;
          values[lower + columns] += c * w;
        }
      }
      return new Matrix(2 * rows, 2 * columns, values);
    }

    private int area() {
      return conv.kernel().height() * conv.kernel().width();
    }
  }
}
