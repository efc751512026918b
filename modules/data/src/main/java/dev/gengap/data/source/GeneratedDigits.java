package dev.gengap.data.source;

import dev.gengap.core.CounterRandom;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;

/**
 * Draws images of digits. Example i is a function of (seed, i) alone, so a larger set begins with
 * the smaller one. The class is uniform; the glyph is put through a random affine map (rotation,
 * shear, scale, translation), drawn with a random stroke width and ink, and overlaid with noise.
 *
 * <p>Only +, −, ×, ÷, √ and {@link StrictMath} decide pixels: every machine draws the same ones.
 *
 * <p>Confined to its thread.
 */
final class GeneratedDigits {
  static final ImageShape SHAPE = new ImageShape(1, 28, 28);

  private static final int SIDE = 28;
  private static final double GLYPH_HEIGHT = 19;
  private static final double MAX_ROTATION = StrictMath.toRadians(18);
  private static final double MAX_SHEAR = 0.25;
  private static final double MAX_SHIFT = 2.0;
  private static final double MIN_SCALE = 0.75;
  private static final double MAX_SCALE = 1.1;
  private static final double MIN_HALF_WIDTH = 0.6;
  private static final double MAX_HALF_WIDTH = 1.6;
  private static final double MIN_INK = 160;
  private static final double NOISE_STD = 24;

  /** Four bytes summed have standard deviation √(4·(256²−1)/12). */
  private static final double NOISE_SCALE = NOISE_STD / Math.sqrt(4 * (256.0 * 256.0 - 1) / 12);

  private static final double NOISE_MEAN = 4 * 127.5;

  /** Numbers of an example below this index shape the glyph; noise takes those from here on. */
  private static final int FIRST_NOISE = 16;

  private final CounterRandom random;
  private final StrokeCanvas canvas = new StrokeCanvas(SIDE);

  GeneratedDigits(CounterRandom random) {
    this.random = random;
  }

  LabelledImages draw(int count) {
    byte[] pixels = new byte[count * SHAPE.size()];
    int[] labels = new int[count];
    for (int id = 0; id < count; id++) {
      labels[id] = random.below(id, 0, Glyphs.count());
      drawGlyph(id, labels[id]);
      ink(id, pixels, id * SHAPE.size());
    }
    return new LabelledImages(SHAPE, Glyphs.count(), pixels, labels);
  }

  private void drawGlyph(int id, int digit) {
    double angle = between(id, 1, -MAX_ROTATION, MAX_ROTATION);
    double shear = between(id, 2, -MAX_SHEAR, MAX_SHEAR);
    double scaleX = GLYPH_HEIGHT * between(id, 3, MIN_SCALE, MAX_SCALE);
    double scaleY = GLYPH_HEIGHT * between(id, 4, MIN_SCALE, MAX_SCALE);
    double centreX = (SIDE - 1) / 2.0 + between(id, 5, -MAX_SHIFT, MAX_SHIFT);
    double centreY = (SIDE - 1) / 2.0 + between(id, 6, -MAX_SHIFT, MAX_SHIFT);
    double halfWidth = between(id, 7, MIN_HALF_WIDTH, MAX_HALF_WIDTH);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    canvas.clear();
    for (double[] stroke : Glyphs.strokes(digit)) {
      double lastX = 0;
      double lastY = 0;
      for (int i = 0; i < stroke.length; i += 2) {
        double v = (stroke[i + 1] - 0.5) * scaleY;
        double u = (stroke[i] - 0.5) * scaleX - shear * v;
        double x = centreX + cos * u - sin * v;
        double y = centreY + sin * u + cos * v;
        if (i > 0) {
          canvas.segment(lastX, lastY, x, y, halfWidth);
        }
        lastX = x;
        lastY = y;
      }
    }
  }

  private void ink(int id, byte[] pixels, int offset) {
    double ink = between(id, 8, MIN_INK, 255);
    for (int i = 0; i < SHAPE.size(); i += 2) {
      long bits = random.bits(id, FIRST_NOISE + i / 2);
      pixels[offset + i] = pixel(ink * canvas.coverage(i), (int) bits);
      pixels[offset + i + 1] = pixel(ink * canvas.coverage(i + 1), (int) (bits >>> 32));
    }
  }

  private static byte pixel(double inked, int bits) {
    int sum = (bits & 0xFF) + (bits >>> 8 & 0xFF) + (bits >>> 16 & 0xFF) + (bits >>> 24);
    double value = Math.rint(inked + NOISE_SCALE * (sum - NOISE_MEAN));
    return (byte) (int) Math.min(255, Math.max(0, value));
  }

  private double between(int id, int index, double low, double high) {
    return low + (high - low) * random.uniform(id, index);
  }
}
