package dev.gengap.data;

import java.util.Locale;

/**
 * How raw images become inputs. The crop is taken first, then the condition is applied (both in
 * uint8, so every payload carries the same bits), and scaling happens last, where the numbers are
 * used. A random crop ({@link Augmentation}) takes the place of the centre one in minibatches.
 *
 * @param crop side of the centre crop in pixels; 0 keeps the whole image
 * @param scaling how uint8 becomes float32
 */
public record Preprocessing(int crop, Scaling scaling) {
  /** How uint8 becomes float32. */
  public enum Scaling {
    /** x/255, then (x − mean) / max(std, 1/√N) per image over all channels jointly. */
    PER_IMAGE_WHITENING,
    /** x/255. */
    UNIT;

    /** As records and experiment files write it: {@code per-image-whitening}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The scaling whose key is {@code key}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scaling of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  public Preprocessing {
    if (crop < 0) {
      throw new IllegalArgumentException("crop: " + crop + " (expected: ≥ 0)");
    }
  }
}
