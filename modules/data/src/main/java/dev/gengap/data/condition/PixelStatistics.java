package dev.gengap.data.condition;

import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;

/**
 * Mean and standard deviation of uint8 pixels over a data set, on the scale 0 … 255. The deviation
 * is the population's.
 */
record PixelStatistics(double mean, double std) {

  /** Over all pixels of channel {@code channel} of all images. */
  static PixelStatistics ofChannel(LabelledImages images, int channel) {
    return over(images, channel, channel + 1);
  }

  /** Over all pixels of all channels of all images. */
  static PixelStatistics ofAll(LabelledImages images) {
    return over(images, 0, images.shape().channels());
  }

  private static PixelStatistics over(LabelledImages images, int fromChannel, int toChannel) {
    ImageShape shape = images.shape();
    byte[] pixels = images.pixels();
    long sum = 0;
    long squares = 0;
    for (int image = 0; image < images.size(); image++) {
      int end = image * shape.size() + toChannel * shape.area();
      for (int i = image * shape.size() + fromChannel * shape.area(); i < end; i++) {
        int value = pixels[i] & 0xFF;
        sum += value;
        squares += (long) value * value;
      }
    }
    double count = (double) images.size() * (toChannel - fromChannel) * shape.area();
    double mean = sum / count;
    return new PixelStatistics(mean, Math.sqrt(Math.max(0, squares / count - mean * mean)));
  }
}
