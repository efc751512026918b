package dev.gengap.training;

import dev.gengap.compute.RowSource;

/**
 * Some examples to take one step on. Labels and inputs may be more than {@code count} asks for, and
 * belong to the source: they are valid until its next minibatch.
 *
 * @param sequence number in the run's feed, from 0
 * @param epoch it belongs to, from 0
 * @param lastOfEpoch whether the epoch ends with it
 * @param labels (example), classes 0 … K−1
 * @param inputs preprocessed: for each example a row (channel, height, width)
 * @param count number of examples, &gt; 0
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: never compared
public record Minibatch(
    long sequence, int epoch, boolean lastOfEpoch, int[] labels, RowSource inputs, int count) {}
