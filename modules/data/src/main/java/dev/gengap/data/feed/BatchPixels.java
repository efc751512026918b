package dev.gengap.data.feed;

import dev.gengap.data.Augmentation;
import dev.gengap.data.ImageShape;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.augment.Augmenter;

/**
 * The pixels of minibatches, as a function of (example ids, epoch): what a feeder sends and what a
 * trainer that holds the same images makes for itself, byte for byte. Immutable; safe for any
 * thread.
 */
public final class BatchPixels {
  private final LabelledImages source;
  private final ImageShape shape;
  private final Augmentation augmentation;
  private final Augmenter augmenter;

  /**
   * @param source the images minibatches are made of, an example's id its index: the training
   *     examples under the run's condition, cropped unless {@link Augmentation#needsUncropped}
   * @param shape of an image in a minibatch
   * @param augmentation what is done to them
   * @param seed the augmentation seed of the run
   * @throws IllegalArgumentException if no image of {@code shape} can be made of the source's
   */
  public BatchPixels(
      LabelledImages source, ImageShape shape, Augmentation augmentation, long seed) {
    this.source = source;
    this.shape = shape;
    this.augmentation = augmentation;
    this.augmenter = new Augmenter(augmentation, source.shape(), shape, seed);
  }

  /** The pixels of {@code images} as they are. */
  public static BatchPixels unchanged(LabelledImages images) {
    return new BatchPixels(images, images.shape(), Augmentation.NONE, 0);
  }

  /** The images minibatches are made of; a trainer needs the same to make the same pixels. */
  public LabelledImages source() {
    return source;
  }

  /** Whether minibatches show the source's images as they are. */
  public boolean areUnchanged() {
    return augmentation.isNone();
  }

  /** The shape of an image in a minibatch. */
  public ImageShape shape() {
    return shape;
  }

  /** Bytes in a minibatch of {@code examples}. */
  public int bytes(int examples) {
    return examples * shape.size();
  }

  /**
   * Writes the pixels of a minibatch. O(batch · channel · height · width).
   *
   * @param ids of the examples: (batch)
   * @param epoch from 0
   * @param into gets uint8 of shape (batch, channel, height, width), from its start
   */
  public void copy(int[] ids, int epoch, byte[] into) {
    if (!augmentation.isNone()) {
      augmenter.apply(source.pixels(), ids, epoch, into);
      return;
    }
    int size = shape.size();
    for (int i = 0; i < ids.length; i++) {
      System.arraycopy(source.pixels(), ids[i] * size, into, i * size, size);
    }
  }
}
