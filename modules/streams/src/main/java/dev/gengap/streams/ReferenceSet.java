package dev.gengap.streams;

import dev.gengap.core.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Images and labels that measures evaluate a network on. The arrays are shared, not copied: treat
 * them as immutable.
 *
 * @param shape of the images
 * @param labels 0 … classes − 1, one byte each: (example)
 * @param images uint8: (example, channel, height, width), row-major
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: compared by content hash, never by equals
public record ReferenceSet(Shape shape, byte[] labels, byte[] images) {
  /** Most bytes of images that are published; a larger set is a subset or made again from files. */
  public static final int MAX_BYTES = 1 << 30;

  /**
   * What the numbers mean.
   *
   * @param channels channels of an image
   * @param height of an image [pixels]
   * @param width of an image [pixels]
   * @param classes number of classes: 1 … 256
   * @param scaling how uint8 becomes float32: per-image-whitening or unit
   */
  public record Shape(int channels, int height, int width, int classes, String scaling) {
    /** Bytes of one image. */
    int size() {
      return channels * height * width;
    }
  }

  public ReferenceSet {
    if (shape.classes() < 1 || shape.classes() > 256) {
      throw new IllegalArgumentException("classes: " + shape.classes() + " (expected: 1 … 256)");
    }
    long expected = (long) labels.length * shape.size();
    if (images.length != expected || expected > MAX_BYTES) {
      throw new IllegalArgumentException(
          "images: %d bytes (expected: %d for %d labels, at most %d)"
              .formatted(images.length, expected, labels.length, MAX_BYTES));
    }
  }

  /** SHA-256 of the images. */
  public String imagesHash() {
    return Hashes.sha256(images);
  }

  /** SHA-256 over shape, classes, scaling, the images' hash and the labels: names the set. */
  public String contentHash(String imagesHash) {
    return contentHash(shape, labels, imagesHash);
  }

  static String contentHash(Shape shape, byte[] labels, String imagesHash) {
    MessageDigest digest = Hashes.sha256Digest();
    String head =
        "%d %d %d %d %s %s\n"
            .formatted(
                shape.channels(),
                shape.height(),
                shape.width(),
                shape.classes(),
                shape.scaling(),
                imagesHash);
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    digest.update(labels);
    return Hashes.hex(digest);
  }
}
