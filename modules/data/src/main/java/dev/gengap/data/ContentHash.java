package dev.gengap.data;

import dev.gengap.core.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Names of images and labels by their content, as SHA-256 in 64 hexadecimal digits. Images are
 * hashed apart from labels, so conditions that change only labels share their images.
 */
public final class ContentHash {
  private static final int BYTE_CLASSES = 256;

  private ContentHash() {}

  /**
   * The hash of the uint8 pixels, (example, channel, height, width) row-major, and nothing else.
   */
  public static String ofImages(LabelledImages images) {
    return Hashes.sha256(images.pixels());
  }

  /** The hash of {@link #labelBytes}. */
  public static String ofLabels(LabelledImages images) {
    return Hashes.sha256(labelBytes(images));
  }

  /** The hash over shape, classes, the hash of the images, and {@link #labelBytes}. */
  public static String ofSet(LabelledImages images) {
    ImageShape shape = images.shape();
    String header =
        shape.channels()
            + " "
            + shape.height()
            + " "
            + shape.width()
            + " "
            + images.classes()
            + " "
            + ofImages(images)
            + "\n";
    MessageDigest digest = Hashes.sha256Digest();
    digest.update(header.getBytes(StandardCharsets.US_ASCII));
    digest.update(labelBytes(images));
    return Hashes.hex(digest);
  }

  /** The labels in order: one byte each up to 256 classes, four big-endian bytes each above. */
  public static byte[] labelBytes(LabelledImages images) {
    boolean narrow = images.classes() <= BYTE_CLASSES;
    ByteBuffer bytes = ByteBuffer.allocate(images.size() * (narrow ? 1 : Integer.BYTES));
    for (int label : images.labels()) {
      if (narrow) {
        bytes.put((byte) label);
      } else {
        bytes.putInt(label);
      }
    }
    return bytes.array();
  }
}
