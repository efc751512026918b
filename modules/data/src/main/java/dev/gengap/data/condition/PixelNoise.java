package dev.gengap.data.condition;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;

/** The conditions that change images. Each makes new pixels and leaves the given ones alone. */
final class PixelNoise {
  private PixelNoise() {}

  /** One permutation of positions for every image of both splits. */
  static byte[] shuffled(LabelledImages images, long seed, boolean permuteChannels) {
    ImageShape shape = images.shape();
    int positions = permuteChannels ? shape.size() : shape.area();
    int[] order = CounterRandom.of(seed, RandomStream.SHUFFLED_PIXELS).permutation(0, positions);
    byte[] moved = new byte[images.pixels().length];
    for (int image = 0; image < images.size(); image++) {
      permute(images, image, order, moved);
    }
    return moved;
  }

  /** A permutation of positions of its own for each image, drawn by its id. */
  static byte[] permutedEach(LabelledImages images, CounterRandom random, boolean permuteChannels) {
    ImageShape shape = images.shape();
    int positions = permuteChannels ? shape.size() : shape.area();
    byte[] moved = new byte[images.pixels().length];
    for (int image = 0; image < images.size(); image++) {
      permute(images, image, random.permutation(image, positions), moved);
    }
    return moved;
  }

  /** Fills each block of {@code order.length} pixels of an image from its permuted positions. */
  private static void permute(LabelledImages images, int image, int[] order, byte[] into) {
    byte[] pixels = images.pixels();
    int size = images.shape().size();
    int end = (image + 1) * size;
    for (int block = image * size; block < end; block += order.length) {
      for (int i = 0; i < order.length; i++) {
        into[block + i] = pixels[block + order[i]];
      }
    }
  }

  /** Noise by the id of the image, a distribution for each channel. */
  static byte[] gaussian(LabelledImages images, CounterRandom random, QuantisedGaussian[] noise) {
    ImageShape shape = images.shape();
    byte[] drawn = new byte[images.pixels().length];
    for (int image = 0; image < images.size(); image++) {
      int start = image * shape.size();
      long bits = 0;
      for (int i = 0; i < shape.size(); i++) {
        bits = (i & 1) == 0 ? random.bits(image, i >>> 1) : bits >>> 32;
        drawn[start + i] = noise[i / shape.area()].value((int) bits);
      }
    }
    return drawn;
  }
}
