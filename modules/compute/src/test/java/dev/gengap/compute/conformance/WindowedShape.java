package dev.gengap.compute.conformance;

import dev.gengap.compute.Window;

/** Images and the window that moves over them. */
record WindowedShape(int batch, int channels, int height, int width, Window window) {

  /** (batch, channel, height, width). */
  int[] input() {
    return new int[] {batch, channels, height, width};
  }

  /** (batch, channels, output height, output width). */
  int[] output(int outputChannels) {
    return new int[] {
      batch, outputChannels, window.outputHeight(height), window.outputWidth(width)
    };
  }

  @Override
  public String toString() {
    Window.Padding padding = window.padding();
    return "(%d, %d, %d, %d) kernel %dx%d stride %dx%d padding %d-%d,%d-%d"
        .formatted(
            batch,
            channels,
            height,
            width,
            window.kernelHeight(),
            window.kernelWidth(),
            window.strideHeight(),
            window.strideWidth(),
            padding.top(),
            padding.bottom(),
            padding.left(),
            padding.right());
  }
}
