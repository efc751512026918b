package dev.gengap.data.augment;

/**
 * Changes of colour to one image of values 0 … 255, (channel, height, width), in place, by the
 * formulas of torchvision's {@code ColorJitter} on floating-point images: a blend of the image with
 * another, clipped to 0 … 255. The luminance of a pixel is that of ITU-R BT.601, 0.299 R + 0.587 G
 * + 0.114 B, or its mean over channels where those are not three. Each is O(channel · height ·
 * width).
 */
final class Colours {
  private static final float MAX = 255;
  private static final int RGB = 3;
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Colours() {}

  /** Blends with black: factor · x. */
  static void brightness(float[] image, float factor) {
    for (int i = 0; i < image.length; i++) {
      image[i] = Math.min(factor * image[i], MAX);
    }
  }

  /** Blends with the mean luminance m of the image: factor · x + (1 − factor) · m. */
  static void contrast(float[] image, int channels, float factor) {
    float grey = (1 - factor) * (float) meanLuminance(image, channels);
    for (int i = 0; i < image.length; i++) {
      image[i] = clip(factor * image[i] + grey);
    }
  }

  /** Blends with the luminance l of each pixel: factor · x + (1 − factor) · l. */
  static void saturation(float[] image, float factor) {
    int area = image.length / RGB;
    for (int i = 0; i < area; i++) {
      float red = image[i];
      float green = image[area + i];
      float blue = image[2 * area + i];
      float grey = (1 - factor) * luminance(red, green, blue);
      image[i] = clip(factor * red + grey);
      image[area + i] = clip(factor * green + grey);
      image[2 * area + i] = clip(factor * blue + grey);
    }
  }

  /**
   * Turns the hue of each pixel, keeping its least value m and its chroma C: with the hue H in
   * sixths of a turn, 0 … 6, red becomes m + C · (|H − 3| − 1), green m + C · (2 − |H − 2|) and
   * blue m + C · (2 − |H − 4|), the factors of C clipped to 0 … 1.
   *
   * @param turns by how much, of either sign
   */
  static void hue(float[] image, double turns) {
    float shift = (float) (6 * (turns - Math.rint(turns)));
    int area = image.length / RGB;
    for (int i = 0; i < area; i++) {
      float red = image[i];
      float green = image[area + i];
      float blue = image[2 * area + i];
      float least = Math.min(red, Math.min(green, blue));
      float chroma = Math.max(red, Math.max(green, blue)) - least;
      if (chroma > 0) {
        float hue = wrap(hue(red, green, blue, chroma) + shift);
        image[i] = least + chroma * fraction(Math.abs(hue - 3) - 1);
        image[area + i] = least + chroma * fraction(2 - Math.abs(hue - 2));
        image[2 * area + i] = least + chroma * fraction(2 - Math.abs(hue - 4));
      }
    }
  }

  /** In sixths of a turn from red, −1 … 5. */
  private static float hue(float red, float green, float blue, float chroma) {
    if (red >= green && red >= blue) {
      return (green - blue) / chroma;
    }
    return green >= blue ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
  }

  /** The same hue in 0 … 6, for one in −6 … 12. */
  private static float wrap(float hue) {
    float positive = hue < 0 ? hue + 6 : hue;
    return positive > 6 ? positive - 6 : positive;
  }

  private static float fraction(float value) {
    return Math.max(0, Math.min(value, 1));
  }

  /** Summed pixel after pixel in double, so that its bits are the same everywhere. */
  private static double meanLuminance(float[] image, int channels) {
    double sum = 0;
    if (channels != RGB) {
      for (float value : image) {
        sum += value;
      }
      return sum / image.length;
    }
    int area = image.length / RGB;
    for (int i = 0; i < area; i++) {
      sum += luminance(image[i], image[area + i], image[2 * area + i]);
    }
    return sum / area;
  }

  private static float luminance(float red, float green, float blue) {
    return RED * red + GREEN * green + BLUE * blue;
  }

  private static float clip(float value) {
    return Math.max(0, Math.min(value, MAX));
  }
}
