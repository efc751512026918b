package dev.gengap.data;

import java.util.Arrays;

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

  /**
   * The examples from {@code from} until before {@code to}: these images themselves if that is all
   * of them, else a copy.
   */
  public LabelledImages range(int from, int to) {
    if (from == 0 && to == size()) {
      return this;
    }
    return new LabelledImages(
        shape,
        classes,
        Arrays.copyOfRange(pixels, from * shape.size(), to * shape.size()),
        Arrays.copyOfRange(labels, from, to));
  }

  /** Number of examples. */
  public int size() {
    return labels.length;
  }
}
