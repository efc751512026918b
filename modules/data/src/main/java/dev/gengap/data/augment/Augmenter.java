package dev.gengap.data.augment;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.Augmentation;
import dev.gengap.data.Augmentation.ColourJitter;
import dev.gengap.data.ImageShape;

/**
 * Makes augmented images, as a function of (augmentation seed, example id, epoch) and of the image
 * alone: in whatever order, process and machine they are made, they have the same bits.
 *
 * <p>In this order: random crop, flip, rotation, brightness, contrast, saturation, hue. The first
 * two move bytes; the others work on float32, clipped to 0 … 255 after each, and the result is
 * rounded to uint8 once, at the end, half to even. Each has draws of its own, so that asking for
 * one more leaves the others as they are.
 *
 * <p>Immutable; safe for any thread.
 */
public final class Augmenter {
  private static final int RGB = 3;

  /** Adding it to 0 … 255 leaves the sum no bits for a fraction: the value rounded half to even. */
  private static final float ROUNDING = 0x1.0p23f;

  /** The draws of an image by their index: part of every augmented run's results. */
  private static final int TOP = 0;

  private static final int LEFT = 1;
  private static final int FLIP = 2;
  private static final int ROTATION = 3;
  private static final int BRIGHTNESS = 4;
  private static final int CONTRAST = 5;
  private static final int SATURATION = 6;
  private static final int HUE = 7;

  private final Augmentation augmentation;
  private final ImageShape source;
  private final ImageShape output;
  private final Window window;
  private final CounterRandom random;

  /**
   * @param source shape of the images it is given
   * @param output shape of the images it makes: {@code source}, unless it crops
   * @param seed the augmentation seed of the run
   * @throws IllegalArgumentException if the augmentation does not suit such images
   */
  public Augmenter(Augmentation augmentation, ImageShape source, ImageShape output, long seed) {
    this.augmentation = augmentation;
    this.source = source;
    this.output = output;
    this.window = new Window(source, output);
    this.random = CounterRandom.of(seed, RandomStream.AUGMENTATION);
    requireShapes();
  }

  private void requireShapes() {
    if (source.channels() != output.channels()
        || augmentation.windows(source, output) == 0
        || (!augmentation.randomCrop() && !source.equals(output))) {
      throw new IllegalArgumentException(
          "augmented images: " + output + " (expected: what can be made of " + source + ")");
    }
    if (augmentation.colour().needsColour() && source.channels() != RGB) {
      throw new IllegalArgumentException(
          "channels: " + source.channels() + " (expected: 3, for saturation and hue)");
    }
  }

  /** The shape of the images it makes. */
  public ImageShape output() {
    return output;
  }

  /**
   * Makes the images of a minibatch. O(batch · channel · height · width); allocates room for one
   * image.
   *
   * @param images uint8 of shape (example, channel, height, width), an example's id its index
   * @param ids of the examples: (batch)
   * @param epoch from 0
   * @param into gets uint8 of shape (batch, channel, height, width), from its start
   */
  public void apply(byte[] images, int[] ids, int epoch, byte[] into) {
    Rotation rotation = augmentation.rotation() > 0 ? new Rotation(output) : null;
    boolean inFloat = rotation != null || !augmentation.colour().isNone();
    float[] image = new float[inFloat ? output.size() : 0];
    for (int i = 0; i < ids.length; i++) {
      long draw = (long) epoch << Integer.SIZE | ids[i];
      int at = i * output.size();
      window.cut(images, ids[i] * source.size(), view(draw), into, at);
      if (inFloat) {
        if (rotation != null) {
          rotation.rotate(symmetric(draw, ROTATION, augmentation.rotation()), into, at, image);
        } else {
          widen(into, at, image);
        }
        colour(draw, image);
        quantise(image, into, at);
      }
    }
  }

  private Window.View view(long draw) {
    boolean mirrored = augmentation.flip() && random.below(draw, FLIP, 2) == 1;
    if (!augmentation.randomCrop()) {
      return new Window.View(0, 0, mirrored);
    }
    int padding = augmentation.padding();
    int rows = source.height() + 2 * padding - output.height() + 1;
    int columns = source.width() + 2 * padding - output.width() + 1;
    return new Window.View(
        random.below(draw, TOP, rows) - padding,
        random.below(draw, LEFT, columns) - padding,
        mirrored);
  }

  private void colour(long draw, float[] image) {
    ColourJitter colour = augmentation.colour();
    if (colour.brightness() > 0) {
      Colours.brightness(image, factor(draw, BRIGHTNESS, colour.brightness()));
    }
    if (colour.contrast() > 0) {
      Colours.contrast(image, output.channels(), factor(draw, CONTRAST, colour.contrast()));
    }
    if (colour.saturation() > 0) {
      Colours.saturation(image, factor(draw, SATURATION, colour.saturation()));
    }
    if (colour.hue() > 0) {
      Colours.hue(image, symmetric(draw, HUE, colour.hue()));
    }
  }

  /** Uniform in [max(0, 1 − strength), 1 + strength]. */
  private float factor(long draw, int index, double strength) {
    double least = Math.max(0, 1 - strength);
    return (float) (least + (1 + strength - least) * random.uniform(draw, index));
  }

  /** Uniform in [−most, most]. */
  private double symmetric(long draw, int index, double most) {
    return most * (2 * random.uniform(draw, index) - 1);
  }

  private static void widen(byte[] pixels, int start, float[] image) {
    for (int i = 0; i < image.length; i++) {
      image[i] = pixels[start + i] & 0xFF;
    }
  }

  /** Rounds to uint8, half to even. */
  static void quantise(float[] image, byte[] into, int start) {
    for (int i = 0; i < image.length; i++) {
      into[start + i] = (byte) Float.floatToRawIntBits(image[i] + ROUNDING);
    }
  }
}
