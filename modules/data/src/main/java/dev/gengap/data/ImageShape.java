package dev.gengap.data;

/**
 * The shape of one example: (channel, height, width). A plain vector of n features is (n, 1, 1).
 */
public record ImageShape(int channels, int height, int width) {
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "image shape: (" + channels + ", " + height + ", " + width + ") (expected: all > 0)");
    }
  }

  /** Numbers in one example. */
  public int size() {
    return channels * height * width;
  }

  /** Pixel positions in one channel. */
  public int area() {
    return height * width;
  }
}
