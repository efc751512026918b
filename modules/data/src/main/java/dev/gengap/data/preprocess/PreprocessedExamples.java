package dev.gengap.data.preprocess;

import dev.gengap.data.Examples;
import dev.gengap.data.LabelledImages;
import dev.gengap.data.Preprocessing.Scaling;
import java.util.Objects;

/**
 * Images, already cropped and under their condition, that are scaled as they are asked for.
 * Immutable; safe for any thread.
 */
public final class PreprocessedExamples implements Examples {
  private final LabelledImages images;
  private final PixelScaling scaling;

  public PreprocessedExamples(LabelledImages images, Scaling scaling) {
    this.images = images;
    this.scaling = new PixelScaling(scaling, images.shape().size());
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
    scaling.scale(images.pixels(), from, count, into);
  }
}
