package dev.gengap.data.preprocess;

import dev.gengap.data.Preprocessing.Scaling;
import java.util.Arrays;

/**
 * Turns uint8 images into float32 inputs. For x = v/255 and N numbers in an image, whitening gives
 * (x − mean) / max(std, 1/√N) with the population's deviation over all channels jointly (Zhang et
 * al. 2017, appendix A; TensorFlow's {@code per_image_standardization}).
 *
 * <p>Sums are whole numbers, hence exact, and each of the 256 values an image can hold is computed
 * once in double and rounded once to float. Immutable; safe for any thread.
 */
public final class PixelScaling {
  private static final int VALUES = 256;
  private static final double MAX = 255.0;

  /** So many squares of bytes add up to an int, which is faster than a long. */
  private static final int BLOCK = 1 << 14;

  private static final ThreadLocal<float[]> TABLE =
      ThreadLocal.withInitial(() -> new float[VALUES]);

  private static final Moments NONE = new Moments(0, 1);

  /** v/255 for each value. */
  private static final double[] UNITS = new double[VALUES];

  static {
    Arrays.setAll(UNITS, value -> value / MAX);
  }

  private final Scaling scaling;
  private final int size;

  /**
   * @param size numbers in one image: channel · height · width
   */
  public PixelScaling(Scaling scaling, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("size: " + size + " (expected: > 0)");
    }
    this.scaling = scaling;
    this.size = size;
  }

  /**
   * Scales {@code count} images into {@code into}, from its start. O(count · size).
   *
   * @param pixels uint8 of shape (example, channel, height, width)
   * @param from the first image to take
   * @param into float32 of shape (count, channel, height, width), or longer
   */
  public void scale(byte[] pixels, int from, int count, float[] into) {
    for (int image = 0; image < count; image++) {
      scale(pixels, from + image, moments(pixels, from + image), into, image);
    }
  }

  /** Scales the image at index {@code image} into the start of {@code into}. O(size). */
  public void scale(byte[] pixels, int image, float[] into) {
    scale(pixels, image, moments(pixels, image), into, 0);
  }

  /**
   * Scales one image, whose moments are known.
   *
   * @param at index of the image in {@code into}
   */
  void scale(byte[] pixels, int image, Moments moments, float[] into, int at) {
    float[] table = TABLE.get();
    for (int value = 0; value < VALUES; value++) {
      table[value] = (float) ((UNITS[value] - moments.mean()) / moments.deviation());
    }
    int start = image * size;
    int out = at * size;
    for (int i = 0; i < size; i++) {
      into[out + i] = table[pixels[start + i] & 0xFF];
    }
  }

  /** What is subtracted from v/255, and what the difference is divided by. */
  record Moments(double mean, double deviation) {}

  /** The moments of an image. O(size). */
  Moments moments(byte[] pixels, int image) {
    return scaling == Scaling.UNIT ? NONE : whitening(pixels, image * size);
  }

  private Moments whitening(byte[] pixels, int start) {
    long sum = 0;
    long squares = 0;
    for (int block = start; block < start + size; block += BLOCK) {
      int end = Math.min(block + BLOCK, start + size);
      int blockSum = 0;
      int blockSquares = 0;
      for (int i = block; i < end; i++) {
        int value = pixels[i] & 0xFF;
        blockSum += value;
        blockSquares += value * value;
      }
      sum += blockSum;
      squares += blockSquares;
    }
    double std = Math.sqrt((double) (size * squares - sum * sum)) / (MAX * size);
    return new Moments(sum / (MAX * size), Math.max(std, 1 / Math.sqrt(size)));
  }
}
