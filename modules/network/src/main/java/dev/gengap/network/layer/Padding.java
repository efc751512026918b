package dev.gengap.network.layer;

import dev.gengap.compute.Window;

/** What is put around an image before a kernel moves over it. */
public sealed interface Padding {
  /** The padding that is none. */
  Padding NONE = new Fixed(Extent.square(0));

  /** As written: {@code 2}, {@code [2, 1]} or {@code same}. */
  Object written();

  /** {@code window} with this padding around an image of (height, width). */
  Window around(int height, int width, Window window);

  /** The same above and below, and left and right. */
  record Fixed(Extent extent) implements Padding {
    @Override
    public Object written() {
      return extent.written();
    }

    @Override
    public Window around(int height, int width, Window window) {
      return new Window(
          window.kernelHeight(),
          window.kernelWidth(),
          window.strideHeight(),
          window.strideWidth(),
          Window.Padding.symmetric(extent.height(), extent.width()));
    }
  }

  /**
   * TensorFlow's {@code SAME}: as much as gives ⌈size / stride⌉ outputs, an odd pixel below and
   * right.
   */
  record Same() implements Padding {
    @Override
    public Object written() {
      return "same";
    }

    @Override
    public Window around(int height, int width, Window window) {
      return window.samePadding(height, width);
    }
  }
}
