package dev.gengap.data.feed;

import dev.gengap.data.LabelledImages;

/**
 * The minibatches of one run: any of them, in any order, as often as wanted, and always the same.
 * Confined to the thread that uses its {@link BatchOrder}.
 */
public final class Feed {
  private final LabelledImages images;
  private final BatchOrder order;

  /**
   * @param images the training examples, cropped and under the run's condition
   * @param order over exactly as many examples
   */
  public Feed(LabelledImages images, BatchOrder order) {
    if (order.examples() != images.size()) {
      throw new IllegalArgumentException(
          "batch order: over " + order.examples() + " examples (expected: " + images.size() + ")");
    }
    this.images = images;
    this.order = order;
  }

  /** Batches in one epoch. */
  public int batchesPerEpoch() {
    return order.batchesPerEpoch();
  }

  /** Batch {@code sequence} (≥ 0). */
  public FeedBatch batch(long sequence) {
    int[] ids = order.idsOf(sequence);
    return new FeedBatch(
        sequence,
        order.epochOf(sequence),
        order.lastOfEpoch(sequence),
        ids,
        FeedBatch.labelsOf(images, ids),
        FeedBatch.pixelsOf(images, ids));
  }
}
