package dev.gengap.measures;

import dev.gengap.compute.Window;
import dev.gengap.measures.api.Matrix;
import java.util.List;

/**
 * A convolution as it is applied to images of one size, zeros around them, without its biases: (in,
 * height, width) to (out, height, width).
 *
 * <p>Inside, an image has its padding, and is taken apart into as many phases as the stride has
 * steps: then every tap of the kernel sees a plane that is only shifted, and all rows of the output
 * are one run of numbers, with some between the rows that mean nothing.
 */
final class ConvolutionMap implements LinearMap {
  private final Matrix weight;
  private final Window window;
  private final int channels;
  private final int height;
  private final int width;
  private final int outputHeight;
  private final int outputWidth;
  private final int phaseHeight;
  private final int phaseWidth;
  private final int[] offsets;

  /**
   * @param weight (out, in · kernel height · kernel width)
   * @param input shape of one image: (in, height, width)
   */
  ConvolutionMap(Matrix weight, Window window, List<Integer> input) {
    this.weight = weight;
    this.window = window;
    this.channels = input.get(0);
    this.height = input.get(1);
    this.width = input.get(2);
    this.outputHeight = window.outputHeight(height);
    this.outputWidth = window.outputWidth(width);
    this.phaseHeight =
        steps(height + window.padding().top() + window.padding().bottom(), window.strideHeight());
    this.phaseWidth =
        steps(width + window.padding().left() + window.padding().right(), window.strideWidth());
    this.offsets = new int[weight.columns()];
    int area = window.kernelHeight() * window.kernelWidth();
    for (int tap = 0; tap < offsets.length; tap++) {
      int within = tap % area;
      offsets[tap] =
          position(tap / area, within / window.kernelWidth(), within % window.kernelWidth());
    }
  }

  private static int steps(int size, int stride) {
    return (size + stride - 1) / stride;
  }

  /** Where the number at a place of a padded channel is among the phases. */
  private int position(int channel, int row, int column) {
    int phaseRow = channel * window.strideHeight() + row % window.strideHeight();
    int phase = phaseRow * window.strideWidth() + column % window.strideWidth();
    return (phase * phaseHeight + row / window.strideHeight()) * phaseWidth
        + column / window.strideWidth();
  }

  @Override
  public int inputs() {
    return channels * height * width;
  }

  @Override
  public int outputs() {
    return weight.rows() * outputHeight * outputWidth;
  }

  @Override
  public double[] times(double[] v) {
    double[] phases = new double[phases()];
    for (int row = 0; row < channels * height; row++) {
      int at = rowPosition(row);
      for (int column = 0; column < width; column++) {
        phases[at + columnPosition(column)] = v[row * width + column];
      }
    }
    double[] runs = new double[weight.rows() * run()];
    for (int out = 0; out < weight.rows(); out++) {
      addTaps(phases, out, runs);
    }
    return withoutGaps(runs);
  }

  @Override
  public double[] transposeTimes(double[] u) {
    double[] runs = withGaps(u);
    double[] phases = new double[phases()];
    for (int tap = 0; tap < offsets.length; tap++) {
      addUnits(runs, tap, phases);
    }
    double[] image = new double[inputs()];
    for (int row = 0; row < channels * height; row++) {
      int at = rowPosition(row);
      for (int column = 0; column < width; column++) {
        image[row * width + column] = phases[at + columnPosition(column)];
      }
    }
    return image;
  }

  private int phases() {
    int phasesOfChannel = window.strideHeight() * window.strideWidth();
    return channels * phasesOfChannel * phaseHeight * phaseWidth;
  }

  /** Numbers in an output channel, those between its rows included. */
  private int run() {
    return (outputHeight - 1) * phaseWidth + outputWidth;
  }

  /** Where a row of the image, of any channel, begins, its first column that of no padding. */
  private int rowPosition(int row) {
    return position(row / height, row % height + window.padding().top(), 0);
  }

  private int columnPosition(int column) {
    int padded = column + window.padding().left();
    int phase = padded % window.strideWidth();
    return phase * phaseHeight * phaseWidth + padded / window.strideWidth();
  }

  private double[] withGaps(double[] rows) {
    double[] runs = new double[weight.rows() * run()];
    for (int row = 0; row < weight.rows() * outputHeight; row++) {
      System.arraycopy(rows, row * outputWidth, runs, runPosition(row), outputWidth);
    }
    return runs;
  }

  private double[] withoutGaps(double[] runs) {
    double[] rows = new double[outputs()];
    for (int row = 0; row < weight.rows() * outputHeight; row++) {
      System.arraycopy(runs, runPosition(row), rows, row * outputWidth, outputWidth);
    }
    return rows;
  }

  private int runPosition(int row) {
    return row / outputHeight * run() + row % outputHeight * phaseWidth;
  }

  /** Adds what all taps of unit {@code out} see, four at a time. */
  private void addTaps(double[] phases, int out, double[] runs) {
    double[] w = weight.values();
    int first = out * offsets.length;
    int tap = 0;
    for (; tap + 3 < offsets.length; tap += 4) {
      Four from = new Four(offsets[tap], offsets[tap + 1], offsets[tap + 2], offsets[tap + 3]);
      int at = first + tap;
      addFour(
          phases, from, new double[] {w[at], w[at + 1], w[at + 2], w[at + 3]}, runs, out * run());
    }
    for (; tap < offsets.length; tap++) {
      addOne(phases, offsets[tap], w[first + tap], runs, out * run());
    }
  }

  /** Adds what {@code tap} takes to all units, four at a time. */
  private void addUnits(double[] runs, int tap, double[] phases) {
    int out = 0;
    int run = run();
    for (; out + 3 < weight.rows(); out += 4) {
      Four from = new Four(out * run, (out + 1) * run, (out + 2) * run, (out + 3) * run);
      double[] w = {
        weight.get(out, tap),
        weight.get(out + 1, tap),
        weight.get(out + 2, tap),
        weight.get(out + 3, tap)
      };
      addFour(runs, from, w, phases, offsets[tap]);
    }
    for (; out < weight.rows(); out++) {
      addOne(runs, out * run, weight.get(out, tap), phases, offsets[tap]);
    }
  }

  /** Where four runs begin. */
  private record Four(int a, int b, int c, int d) {}

  private void addFour(double[] from, Four at, double[] w, double[] into, int to) {
    double w0 = w[0];
    double w1 = w[1];
    double w2 = w[2];
    double w3 = w[3];
    int a = at.a;
    int b = at.b;
    int c = at.c;
    int d = at.d;
    int run = run();
    for (int i = 0; i < run; i++) {
      into[to + i] += w0 * from[a + i] + w1 * from[b + i] + (w2 * from[c + i] + w3 * from[d + i]);
    }
  }

  private void addOne(double[] from, int at, double w, double[] into, int to) {
    int run = run();
    for (int i = 0; i < run; i++) {
      into[to + i] += w * from[at + i];
    }
  }
}
