package dev.gengap.compute.nd4j;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;
import java.util.stream.LongStream;

/** A window as ND4J's convolutions and pooling take it. */
final class WindowArguments {
  private WindowArguments() {}

  /**
   * Kernel, stride, padding, dilation (none), whether the padding is {@code SAME}, then what the
   * operation adds.
   *
   * @param image (batch, channel, height, width)
   */
  static long[] of(Window window, Tensor image, long... more) {
    boolean symmetric = window.padding().isSymmetric();
    if (!symmetric && !window.equals(same(window, image))) {
      throw new IllegalArgumentException(
          "padding: " + window.padding() + " (expected: symmetric, or what `same` takes)");
    }
    long[] arguments = {
      window.kernelHeight(),
      window.kernelWidth(),
      window.strideHeight(),
      window.strideWidth(),
      window.padding().top(),
      window.padding().left(),
      1,
      1,
      symmetric ? 0 : 1
    };
    return LongStream.concat(LongStream.of(arguments), LongStream.of(more)).toArray();
  }

  private static Window same(Window window, Tensor image) {
    return window.samePadding(image.shape().get(2), image.shape().get(3));
  }
}
