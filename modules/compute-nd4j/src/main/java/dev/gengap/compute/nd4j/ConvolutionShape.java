package dev.gengap.compute.nd4j;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;

/**
 * A convolution as products of matrices, one for each example: the weights, (out, patch), times the
 * patches that the window sees of the image, (patch, place), are the output, (out, place).
 *
 * @param batch examples
 * @param channels of the image
 * @param height of the image
 * @param width of the image
 * @param out channels of the output
 */
record ConvolutionShape(int batch, int channels, int height, int width, int out, Window window) {

  static ConvolutionShape of(Tensor input, Tensor weight, Window window) {
    return new ConvolutionShape(
        input.rows(),
        input.shape().get(1),
        input.shape().get(2),
        input.shape().get(3),
        weight.rows(),
        window);
  }

  /** Numbers of a patch. */
  int patch() {
    return channels * window.kernelHeight() * window.kernelWidth();
  }

  /** Numbers of one channel of the output. */
  int places() {
    return window.outputHeight(height) * window.outputWidth(width);
  }

  /** Numbers of one channel of the image. */
  int area() {
    return height * width;
  }

  int imageSize() {
    return channels * area();
  }

  int outputSize() {
    return out * places();
  }
}
