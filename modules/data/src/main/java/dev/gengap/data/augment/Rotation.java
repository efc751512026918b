package dev.gengap.data.augment;

import dev.gengap.data.ImageShape;

/**
 * Turns images about their centre, ((width − 1)/2, (height − 1)/2), by bilinear interpolation; what
 * comes in from outside is 0.
 *
 * <p>Keeps a copy of the image: confined to one thread.
 */
final class Rotation {
  /** In a degree; Math.toRadians rounds differently in different versions of Java. */
  private static final double RADIANS = Math.PI / 180;

  private final ImageShape shape;

  /** The image with a border of one zero on each side, so that no neighbour is missing. */
  private final float[] bordered;

  private final int stride;
  private final int area;

  Rotation(ImageShape shape) {
    this.shape = shape;
    this.stride = shape.width() + 2;
    this.area = stride * (shape.height() + 2);
    this.bordered = new float[shape.channels() * area];
  }

  /**
   * The image turned counter-clockwise. O(channel · height · width).
   *
   * @param degrees angle, of either sign
   * @param pixels uint8, in which the image, (channel, height, width), begins at {@code start}
   * @param into gets (channel, height, width), 0 … 255, and has room for no more
   */
  void rotate(double degrees, byte[] pixels, int start, float[] into) {
    border(pixels, start);
    // StrictMath, because Math.sin and Math.cos may differ between machines.
    double sin = StrictMath.sin(degrees * RADIANS);
    double cos = StrictMath.cos(degrees * RADIANS);
    double centreX = (shape.width() - 1) / 2.0;
    double centreY = (shape.height() - 1) / 2.0;
    int at = 0;
    for (int row = 0; row < shape.height(); row++) {
      double dy = row - centreY;
      double firstX = centreX + 1 - dy * sin;
      double firstY = centreY + 1 + dy * cos;
      for (int column = 0; column < shape.width(); column++) {
        double dx = column - centreX;
        sample(firstX + dx * cos, firstY + dx * sin, into, at++);
      }
    }
  }

  /** Interpolates at (x, y) of the bordered image, for every channel. */
  private void sample(double x, double y, float[] into, int at) {
    if (!(x > 0 && y > 0 && x < shape.width() + 1 && y < shape.height() + 1)) {
      for (int out = at; out < into.length; out += shape.area()) {
        into[out] = 0;
      }
      return;
    }
    int column = (int) x;
    int row = (int) y;
    float right = (float) (x - column);
    float below = (float) (y - row);
    float upperRight = (1 - below) * right;
    float upperLeft = (1 - below) * (1 - right);
    float lowerRight = below * right;
    float lowerLeft = below * (1 - right);
    int i = row * stride + column;
    for (int out = at; out < into.length; out += shape.area()) {
      into[out] =
          (upperLeft * bordered[i] + upperRight * bordered[i + 1])
              + (lowerLeft * bordered[i + stride] + lowerRight * bordered[i + stride + 1]);
      i += area;
    }
  }

  private void border(byte[] pixels, int start) {
    int from = start;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        int to = channel * area + (row + 1) * stride + 1;
        for (int column = 0; column < shape.width(); column++) {
          bordered[to + column] = pixels[from++] & 0xFF;
        }
      }
    }
  }
}
