package dev.gengap.data.condition;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.DataSet;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;

/** Data sets for tests of conditions. */
final class SmallSets {
  static final int CLASSES = 10;

  private SmallSets() {}

  /** Uniform random pixels and labels, the same for the same sizes. */
  static DataSet random(ImageShape shape, int train, int test) {
    return new DataSet("small", split(shape, train, 1), split(shape, test, 2));
  }

  private static LabelledImages split(ImageShape shape, int examples, long seed) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.SUBSET);
    byte[] pixels = new byte[examples * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.below(0, i, 256);
    }
    int[] labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = random.below(1, i, CLASSES);
    }
    return new LabelledImages(shape, CLASSES, pixels, labels);
  }
}
