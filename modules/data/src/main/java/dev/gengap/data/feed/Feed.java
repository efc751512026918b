package dev.gengap.data.feed;

import dev.gengap.data.LabelledImages;

/**
 * The minibatches of one run: any of them, in any order, as often as wanted, and always the same.
 * Confined to the thread that uses its {@link BatchOrder}.
 */
public final class Feed {
  private final int[] labels;
  private final BatchPixels pixels;
  private final BatchOrder order;

  /**
   * @param labels of the training examples, under the run's condition
   * @param pixels of exactly as many examples
   * @param order over exactly as many examples
   */
  public Feed(int[] labels, BatchPixels pixels, BatchOrder order) {
    requireExamples("images", pixels.source().size(), labels.length);
    requireExamples("batch order", order.examples(), labels.length);
    this.labels = labels;
    this.pixels = pixels;
    this.order = order;
  }

  /**
   * The minibatches of images as they are.
   *
   * @param images the training examples, cropped and under the run's condition
   * @param order over exactly as many examples
   */
  public Feed(LabelledImages images, BatchOrder order) {
    this(images.labels(), BatchPixels.unchanged(images), order);
  }

  private static void requireExamples(String name, int examples, int expected) {
    if (examples != expected) {
      throw new IllegalArgumentException(
          name + ": over " + examples + " examples (expected: " + expected + ")");
    }
  }

  /** What the pixels of its minibatches are made of. */
  public BatchPixels pixels() {
    return pixels;
  }

  /** Batches in one epoch. */
  public int batchesPerEpoch() {
    return order.batchesPerEpoch();
  }

  /** Batch {@code sequence} (≥ 0). */
  public FeedBatch batch(long sequence) {
    int[] ids = order.idsOf(sequence);
    int epoch = order.epochOf(sequence);
    byte[] made = new byte[pixels.bytes(ids.length)];
    pixels.copy(ids, epoch, made);
    return new FeedBatch(sequence, epoch, order.lastOfEpoch(sequence), ids, labelsOf(ids), made);
  }

  private int[] labelsOf(int[] ids) {
    int[] found = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      found[i] = labels[ids[i]];
    }
    return found;
  }
}
