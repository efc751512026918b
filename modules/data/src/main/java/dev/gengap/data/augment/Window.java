package dev.gengap.data.augment;

import dev.gengap.data.ImageShape;
import java.util.Arrays;

/** Cuts windows out of images that zeros surround. Immutable; safe for any thread. */
final class Window {
  private final ImageShape source;
  private final ImageShape output;

  /**
   * A place of the window.
   *
   * @param top row of the image that the window's first is, below 0 in the zeros above it
   * @param left column of the image that the window's first is, likewise
   * @param mirrored whether what is seen is mirrored, left for right
   */
  record View(int top, int left, boolean mirrored) {}

  /**
   * @param source shape of an image
   * @param output shape of a window, of as many channels
   */
  Window(ImageShape source, ImageShape output) {
    this.source = source;
    this.output = output;
  }

  /**
   * Writes what {@code view} shows.
   *
   * @param images uint8, (example, channel, height, width)
   * @param start where in it the image begins
   * @param into uint8, in which the window, (channel, height, width), begins at {@code at}
   */
  void cut(byte[] images, int start, View view, byte[] into, int at) {
    for (int channel = 0; channel < output.channels(); channel++) {
      int plane = start + channel * source.area();
      for (int row = 0; row < output.height(); row++) {
        int out = at + channel * output.area() + row * output.width();
        int y = view.top() + row;
        if (y < 0 || y >= source.height()) {
          Arrays.fill(into, out, out + output.width(), (byte) 0);
        } else {
          cutRow(images, plane + y * source.width(), view.left(), into, out);
        }
        if (view.mirrored()) {
          mirror(into, out, out + output.width());
        }
      }
    }
  }

  private void cutRow(byte[] images, int row, int left, byte[] into, int out) {
    int width = output.width();
    int from = Math.min(Math.max(0, -left), width);
    int to = Math.max(from, Math.min(width, source.width() - left));
    Arrays.fill(into, out, out + from, (byte) 0);
    System.arraycopy(images, row + left + from, into, out + from, to - from);
    Arrays.fill(into, out + to, out + width, (byte) 0);
  }

  private static void mirror(byte[] values, int from, int to) {
    for (int i = from, j = to - 1; i < j; i++, j--) {
      byte held = values[i];
      values[i] = values[j];
      values[j] = held;
    }
  }
}
