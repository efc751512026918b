package dev.gengap.data;

/**
 * Images and labels of one split, in memory. The arrays are shared, not copied: treat them as
 * immutable.
 *
 * @param shape of one image
 * @param classes number of classes K; labels are 0 … K−1
 * @param pixels uint8 of shape (example, channel, height, width), row-major
 * @param labels one per example
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: compared by content hash, never by equals
public record LabelledImages(ImageShape shape, int classes, byte[] pixels, int[] labels) {
  public LabelledImages {
    if ((long) labels.length * shape.size() != pixels.length) {
      throw new IllegalArgumentException(
          "pixels: "
              + pixels.length
              + " bytes (expected: "
              + (long) labels.length * shape.size()
              + " for "
              + labels.length
              + " labels)");
    }
  }

  /** Number of examples. */
  public int size() {
    return labels.length;
  }
}
