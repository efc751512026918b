package dev.gengap.compute.nd4j;

import dev.gengap.compute.NormalisationOperation.Response;

/**
 * The gradient of local response norm y = x·s^−β, s = k + α/n·Σx²: ∂x = ∂y·s^−β − 2αβ/n·x·Σ(∂y·y/s)
 * over the channels that have x's around them.
 */
record LocalResponseBackwardKernel(
    Source source, ResponseWindow window, AccumulatingTensor inputGradient) implements HostKernel {

  /** What the gradient is computed from. */
  record Source(Nd4jTensor input, Nd4jTensor output, Nd4jTensor outputGradient) {}

  @Override
  public int items() {
    return window.pieces();
  }

  @Override
  public long work() {
    return source.input().size() * 8L;
  }

  /** Rows of squares, of s and of ∂y·y/s for each channel, and two to compute in. */
  @Override
  public ScratchSize scratch() {
    return new ScratchSize(3 * window.planes().channels() + 2, window.rowLength());
  }

  @Override
  public void run(int item, Scratch scratch) {
    int channels = window.planes().channels();
    int n = window.places(item);
    for (int c = 0; c < channels; c++) {
      Row square = scratch.row(c);
      square.load(source.input(), window.at(item, c), n);
      square.multiply(square, n);
    }
    for (int c = 0; c < channels; c++) {
      divide(item, c, scratch, n);
    }
    for (int c = 0; c < channels; c++) {
      propagate(item, c, scratch, n);
    }
  }

  /** Makes s and ∂y·y/s of a channel. */
  private void divide(int item, int c, Scratch scratch, int n) {
    Response response = window.response();
    int channels = window.planes().channels();
    Row s = scratch.row(channels + c);
    Row ratio = scratch.row(2 * channels + c);
    Row y = scratch.row(3 * channels);
    window.sum(scratch, 0, c, s, n);
    s.affine(response.alpha() / response.size(), response.k(), n);
    ratio.load(source.outputGradient(), window.at(item, c), n);
    y.load(source.output(), window.at(item, c), n);
    ratio.multiply(y, n);
    ratio.divide(s, n);
  }

  private void propagate(int item, int c, Scratch scratch, int n) {
    Response response = window.response();
    int channels = window.planes().channels();
    Row power = scratch.row(channels + c);
    Row sum = scratch.row(3 * channels);
    Row x = scratch.row(3 * channels + 1);
    power.power(-response.beta(), n);
    x.load(source.outputGradient(), window.at(item, c), n);
    power.multiply(x, n);
    window.sumReversed(scratch, 2 * channels, c, sum, n);
    x.load(source.input(), window.at(item, c), n);
    sum.multiply(x, n);
    power.addScaled(-2 * response.alpha() * response.beta() / response.size(), sum, n);
    inputGradient.accumulate(window.at(item, c), power, x, n);
  }
}
