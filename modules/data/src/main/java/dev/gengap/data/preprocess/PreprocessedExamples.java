package dev.gengap.data.preprocess;

import dev.gengap.data.Examples;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.Preprocessing.Scaling;
import java.util.Arrays;
import java.util.Objects;

/**
 * Images, already cropped and under their condition, that are scaled as they are asked for; each
 * one's mean and deviation are computed once. Immutable; safe for any thread.
 */
public final class PreprocessedExamples implements Examples {
  private final LabelledImages images;
  private final PixelScaling scaling;
  private final PixelScaling.Moments[] moments;

  /** Examples scaled by {@code scaling}. O(examples · channel · height · width). */
  public PreprocessedExamples(LabelledImages images, Scaling scaling) {
    this(images, new PixelScaling(scaling, images.shape().size()));
  }

  /** The same, where there is a scaling of the images' size already. */
  public PreprocessedExamples(LabelledImages images, PixelScaling scaling) {
    this.images = images;
    this.scaling = scaling;
    this.moments = new PixelScaling.Moments[images.size()];
    Arrays.setAll(moments, image -> scaling.moments(images.pixels(), image));
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int features() {
    return images.shape().size();
  }

  @Override
  public int label(int index) {
    return images.labels()[index];
  }

  @Override
  public void copyInputs(int from, int count, float[] into) {
    Objects.checkFromIndexSize(from, count, images.size());
    for (int i = 0; i < count; i++) {
      scaling.scale(images.pixels(), from + i, moments[from + i], into, i);
    }
  }

  /**
   * The inputs of one example, to the start of {@code into}.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   */
  public void copyInput(int example, float[] into) {
    scaling.scale(images.pixels(), example, moments[example], into, 0);
  }
}
