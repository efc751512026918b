package dev.gengap.data.feed;

import dev.gengap.data.LabelledImages;

/**
 * One minibatch of a feed. The arrays are the holder's.
 *
 * @param sequence its number in the feed, from 0
 * @param epoch the epoch it belongs to, from 0
 * @param lastOfEpoch whether the epoch ends with it
 * @param ids of the examples: (batch)
 * @param labels under the run's condition: (batch)
 * @param pixels uint8 under the run's condition: (batch, channel, height, width), row-major
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record FeedBatch(
    long sequence, int epoch, boolean lastOfEpoch, int[] ids, int[] labels, byte[] pixels) {

  /** The labels of the examples {@code ids} of {@code images}. */
  public static int[] labelsOf(LabelledImages images, int[] ids) {
    int[] labels = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      labels[i] = images.labels()[ids[i]];
    }
    return labels;
  }

  /** The pixels of the examples {@code ids} of {@code images}, one after the other. */
  public static byte[] pixelsOf(LabelledImages images, int[] ids) {
    int size = images.shape().size();
    byte[] pixels = new byte[ids.length * size];
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(images.pixels(), ids[i] * size, pixels, i * size, size);
    }
    return pixels;
  }
}
