package dev.gengap.training;

/**
 * Some examples to take one step on. The arrays may be longer than {@code count} asks for, and
 * belong to the source: they are valid until its next minibatch.
 *
 * @param sequence number in the run's feed, from 0
 * @param epoch it belongs to, from 0
 * @param lastOfEpoch whether the epoch ends with it
 * @param labels (example), classes 0 … K−1
 * @param inputs (example, channel, height, width), row-major, preprocessed
 * @param count number of examples, &gt; 0
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: never compared
public record Minibatch(
    long sequence, int epoch, boolean lastOfEpoch, int[] labels, float[] inputs, int count) {}
