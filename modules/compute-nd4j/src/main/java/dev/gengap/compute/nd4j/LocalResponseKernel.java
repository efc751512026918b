package dev.gengap.compute.nd4j;

import dev.gengap.compute.NormalisationOperation.Response;

/** Local response norm, some places of an example at a time. */
record LocalResponseKernel(Nd4jTensor input, ResponseWindow window, Nd4jTensor output)
    implements HostKernel {

  @Override
  public int items() {
    return window.pieces();
  }

  @Override
  public long work() {
    return input.size() * 4L;
  }

  /** A row of squares for each channel, and two to compute in. */
  @Override
  public ScratchSize scratch() {
    return new ScratchSize(window.planes().channels() + 2, window.rowLength());
  }

  @Override
  public void run(int item, Scratch scratch) {
    Response response = window.response();
    int channels = window.planes().channels();
    int n = window.places(item);
    for (int c = 0; c < channels; c++) {
      Row square = scratch.row(c);
      square.load(input, window.at(item, c), n);
      square.multiply(square, n);
    }
    Row sum = scratch.row(channels);
    Row x = scratch.row(channels + 1);
    for (int c = 0; c < channels; c++) {
      window.sum(scratch, 0, c, sum, n);
      sum.affine(response.alpha() / response.size(), response.k(), n);
      sum.power(-response.beta(), n);
      x.load(input, window.at(item, c), n);
      x.multiply(sum, n);
      x.store(output, window.at(item, c), n);
    }
  }
}
