package dev.gengap.measures;

import dev.gengap.compute.Window;
import dev.gengap.measures.api.Matrix;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * An image in double precision.
 *
 * @param channels (height, width) planes
 * @param height rows
 * @param width columns
 * @param values (channel, row, column)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Planes(int channels, int height, int width, double[] values) {

  /**
   * @param shape (channel, height, width)
   */
  Planes(List<Integer> shape, double[] values) {
    this(shape.get(0), shape.get(1), shape.get(2), values);
  }

  /** A place in a kernel: what it sees of an image as the kernel moves. */
  private record Tap(int kernelRow, int kernelColumn, Window window) {
    static Tap of(int index, Window window) {
      return new Tap(index / window.kernelWidth(), index % window.kernelWidth(), window);
    }

    int row(int i) {
      return i * window.strideHeight() - window.padding().top() + kernelRow;
    }

    int column(int j) {
      return j * window.strideWidth() - window.padding().left() + kernelColumn;
    }

    /** The first output column that sees an input column. */
    int firstColumn() {
      int outside = window.padding().left() - kernelColumn;
      return outside <= 0 ? 0 : Math.floorDiv(outside - 1, window.strideWidth()) + 1;
    }

    /** One past the last of {@code outputs} columns that sees one of {@code inputs} columns. */
    int endColumn(int outputs, int inputs) {
      int inside = inputs - 1 - column(0);
      return Math.min(outputs, Math.floorDiv(inside, window.strideWidth()) + 1);
    }
  }

  /**
   * The convolution of the image, zeros around it.
   *
   * @param weight (out, in · kernel height · kernel width)
   */
  Planes convolved(Matrix weight, Window window) {
    Planes output = zeros(weight.rows(), window);
    int area = window.kernelHeight() * window.kernelWidth();
    for (int out = 0; out < weight.rows(); out++) {
      for (int in = 0; in < channels; in++) {
        for (int k = 0; k < area; k++) {
          add(weight.get(out, in * area + k), in, Tap.of(k, window), output.plane(out));
        }
      }
    }
    return output;
  }

  /**
   * Each channel with what every window sees combined; what is around the image is not seen.
   *
   * @param combine of what was combined before, 0 at first, and the next input
   */
  Planes pooled(Window window, DoubleBinaryOperator combine) {
    Planes output = zeros(channels, window);
    int area = window.kernelHeight() * window.kernelWidth();
    for (int channel = 0; channel < channels; channel++) {
      for (int k = 0; k < area; k++) {
        combine(channel, Tap.of(k, window), output.plane(channel), combine);
      }
    }
    return output;
  }

  private Planes zeros(int outputs, Window window) {
    int rows = window.outputHeight(height);
    int columns = window.outputWidth(width);
    return new Planes(outputs, rows, columns, new double[outputs * rows * columns]);
  }

  /** Where one channel of an output lies in its values. */
  private record Plane(double[] values, int offset, int height, int width) {}

  private Plane plane(int channel) {
    return new Plane(values, channel * height * width, height, width);
  }

  /** Adds {@code w} times what {@code tap} sees of {@code channel}. */
  private void add(double w, int channel, Tap tap, Plane output) {
    int from = tap.firstColumn();
    int to = tap.endColumn(output.width, width);
    int stride = tap.window().strideWidth();
    for (int i = 0; i < output.height; i++) {
      int row = tap.row(i);
      if (row >= 0 && row < height) {
        int at = output.offset + i * output.width;
        int seen = (channel * height + row) * width + tap.column(0);
        for (int j = from; j < to; j++) {
          output.values[at + j] += w * values[seen + j * stride];
        }
      }
    }
  }

  private void combine(int channel, Tap tap, Plane output, DoubleBinaryOperator combine) {
    int to = tap.endColumn(output.width, width);
    for (int i = 0; i < output.height; i++) {
      int row = tap.row(i);
      if (row >= 0 && row < height) {
        for (int j = tap.firstColumn(); j < to; j++) {
          int at = output.offset + i * output.width + j;
          double x = values[(channel * height + row) * width + tap.column(j)];
          output.values[at] = combine.applyAsDouble(output.values[at], x);
        }
      }
    }
  }
}
