package dev.gengap.data;

/**
 * What is done to training images anew in every epoch. Nothing is done to the images that losses
 * and measures are evaluated on.
 *
 * @param randomCrop whether the crop is taken at a random place instead of the centre
 * @param padding zeros put around an image before a random crop [pixels]
 * @param flip whether an image is mirrored, left for right, with probability 1/2
 * @param rotation largest angle, in either direction [degrees], 0 … 180
 * @param colour how far colours may move
 */
public record Augmentation(
    boolean randomCrop, int padding, boolean flip, double rotation, ColourJitter colour) {
  /** Images as they are. */
  public static final Augmentation NONE =
      new Augmentation(false, 0, false, 0, new ColourJitter(0, 0, 0, 0));

  /** Largest rotation [degrees]: half a turn either way is every angle. */
  public static final double MAX_ROTATION = 180;

  /** Largest hue shift [turns]: half a turn either way is every hue. */
  public static final double MAX_HUE = 0.5;

  /** Largest strength of a colour jitter: a factor above it takes the darkest grey to white. */
  public static final double MAX_STRENGTH = 255;

  /**
   * How far colours may move, by the conventions of torchvision's {@code ColorJitter}: for a
   * strength s, a factor uniform in [max(0, 1 − s), 1 + s].
   *
   * @param brightness strength, 0 … 255
   * @param contrast strength, 0 … 255
   * @param saturation strength, 0 … 255; only for images with 3 channels
   * @param hue largest shift of the hue, in either direction [turns], 0 … 0.5; only for images with
   *     3 channels
   */
  public record ColourJitter(double brightness, double contrast, double saturation, double hue) {
    public ColourJitter {
      requireRange("brightness", brightness, MAX_STRENGTH);
      requireRange("contrast", contrast, MAX_STRENGTH);
      requireRange("saturation", saturation, MAX_STRENGTH);
      requireRange("hue", hue, MAX_HUE);
    }

    /** Whether every colour stays. */
    public boolean isNone() {
      return brightness == 0 && contrast == 0 && !needsColour();
    }

    /** Whether it takes red, green and blue. */
    public boolean needsColour() {
      return saturation > 0 || hue > 0;
    }
  }

  public Augmentation {
    requireRange("padding", padding, Integer.MAX_VALUE);
    requireRange("rotation", rotation, MAX_ROTATION);
    if (padding > 0 && !randomCrop) {
      throw new IllegalArgumentException(
          "padding: " + padding + " (expected: 0 without a random crop)");
    }
  }

  /** Whether images stay as they are. */
  public boolean isNone() {
    return !randomCrop && !flip && rotation == 0 && colour.isNone();
  }

  /**
   * Whether it is made of the images before the centre crop. A condition on pixels fixes the image
   * after it, so that a random crop cuts its windows out of that.
   */
  public boolean needsUncropped(ConditionKind condition) {
    return randomCrop && !condition.changesPixels();
  }

  /**
   * How many windows of shape {@code output} a random crop may cut out of images of shape {@code
   * source} and the padding around them; 0 if they are too large.
   */
  public long windows(ImageShape source, ImageShape output) {
    long rows = source.height() + 2L * padding - output.height() + 1;
    long columns = source.width() + 2L * padding - output.width() + 1;
    return Math.max(0, rows) * Math.max(0, columns);
  }

  private static void requireRange(String name, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 0 … " + most + ")");
    }
  }
}
