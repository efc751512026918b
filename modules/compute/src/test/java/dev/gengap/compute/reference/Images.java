package dev.gengap.compute.reference;

/** A tensor as (batch, channel, height, width), or (batch, channel) as images of one pixel. */
record Images(ReferenceTensor tensor, int batch, int channels, int height, int width) {

  static Images of(ReferenceTensor tensor) {
    boolean flat = tensor.shape().size() == 2;
    return new Images(
        tensor,
        tensor.shape().get(0),
        tensor.shape().get(1),
        flat ? 1 : tensor.shape().get(2),
        flat ? 1 : tensor.shape().get(3));
  }

  int size() {
    return batch * channels * height * width;
  }

  int pixels() {
    return height * width;
  }

  /** Where (n, c, y, x) lies in memory. */
  int index(int n, int c, int y, int x) {
    return ((n * channels + c) * height + y) * width + x;
  }

  /** Where pixel p of channel c of image n lies in memory. */
  int index(int n, int c, int p) {
    return (n * channels + c) * pixels() + p;
  }

  boolean inside(int y, int x) {
    return y >= 0 && y < height && x >= 0 && x < width;
  }

  double at(int n, int c, int y, int x) {
    return tensor.get(index(n, c, y, x));
  }

  double at(int n, int c, int p) {
    return tensor.get(index(n, c, p));
  }

  void set(int n, int c, int p, double value) {
    tensor.set(index(n, c, p), value);
  }
}
