package dev.gengap.data.feed;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import java.util.Arrays;

/**
 * Which examples each minibatch holds: every epoch is a permutation of all examples, a function of
 * (order seed, epoch), cut into batches; the last batch of an epoch may be smaller. Batches are
 * numbered by a sequence that runs on over epochs, from 0, and may be asked for in any order.
 *
 * <p>Keeps the permutation of the epoch last asked for: confined to the thread that uses it.
 */
public final class BatchOrder {
  private final int examples;
  private final int batchSize;
  private final int batchesPerEpoch;
  private final CounterRandom random;
  private int cachedEpoch = -1;
  private int[] cachedOrder = {};

  public BatchOrder(int examples, int batchSize, long orderSeed) {
    if (examples < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "batches of " + batchSize + " from " + examples + " examples (expected: both > 0)");
    }
    this.examples = examples;
    this.batchSize = batchSize;
    this.batchesPerEpoch = (examples - 1) / batchSize + 1;
    this.random = CounterRandom.of(orderSeed, RandomStream.BATCH_ORDER);
  }

  /** Number of examples in an epoch. */
  public int examples() {
    return examples;
  }

  /** Batches in one epoch, a smaller last one included. */
  public int batchesPerEpoch() {
    return batchesPerEpoch;
  }

  /** The epoch, from 0, that batch {@code sequence} belongs to. */
  public int epochOf(long sequence) {
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence: " + sequence + " (expected: ≥ 0)");
    }
    return Math.toIntExact(sequence / batchesPerEpoch);
  }

  /** Whether batch {@code sequence} is the last of its epoch. */
  public boolean lastOfEpoch(long sequence) {
    return sequence % batchesPerEpoch == batchesPerEpoch - 1;
  }

  /** The ids of the examples in batch {@code sequence}, in order; the caller's to keep. */
  public int[] idsOf(long sequence) {
    int epoch = epochOf(sequence);
    if (epoch != cachedEpoch) {
      cachedOrder = random.permutation(epoch, examples);
      cachedEpoch = epoch;
    }
    int start = (int) (sequence % batchesPerEpoch) * batchSize;
    return Arrays.copyOfRange(
        cachedOrder, start, (int) Math.min(examples, (long) start + batchSize));
  }
}
