package dev.gengap.data.feed;

/**
 * One minibatch of a feed. The arrays are the holder's.
 *
 * @param sequence its number in the feed, from 0
 * @param epoch the epoch it belongs to, from 0
 * @param lastOfEpoch whether the epoch ends with it
 * @param ids of the examples: (batch)
 * @param labels under the run's condition: (batch)
 * @param pixels uint8 under the run's condition and augmentation: (batch, channel, height, width),
 *     row-major
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record FeedBatch(
    long sequence, int epoch, boolean lastOfEpoch, int[] ids, int[] labels, byte[] pixels) {}
