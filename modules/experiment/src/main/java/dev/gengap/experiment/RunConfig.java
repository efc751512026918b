package dev.gengap.experiment;

import dev.gengap.core.Seeds;
import dev.gengap.data.Augmentation;
import dev.gengap.data.Condition;
import dev.gengap.data.ImageShape;
import dev.gengap.data.Preprocessing;
import dev.gengap.training.Hyperparameters;
import dev.gengap.training.SnapshotPolicy;
import dev.gengap.training.StopRule;
import java.util.OptionalLong;

/**
 * Everything one run needs, with every default filled in. Immutable.
 *
 * @param data which examples
 * @param preprocessing how images become inputs
 * @param condition what is done to the data
 * @param augmentation what is done to training images anew in every epoch
 * @param network what is trained, and from which initial parameters
 * @param training how, and until when
 * @param snapshots when snapshots are taken; of this, only what moves the end of the run is part of
 *     its id
 * @param seeds of everything random
 * @param compute what the bits depend on besides
 */
public record RunConfig(
    DataSelection data,
    Preprocessing preprocessing,
    Condition condition,
    Augmentation augmentation,
    NetworkChoice network,
    Training training,
    SnapshotPolicy snapshots,
    Seeds seeds,
    Compute compute) {

  /**
   * The examples of a run.
   *
   * @param set name of the data set
   * @param train the first so many training examples, those held out included, &gt; 0
   * @param heldOut the last so many of them are evaluated, not trained on; in [0, train)
   * @param test the first so many test examples, ≥ 0
   * @param shape of one raw image
   * @param classes number of classes K
   */
  public record DataSelection(
      String set, int train, int heldOut, int test, ImageShape shape, int classes) {

    /** How many examples are trained on: the first ones. */
    public int trained() {
      return train - heldOut;
    }
  }

  /** An optimiser's settings and when it ends. */
  public record Training(Hyperparameters hyperparameters, StopRule stop) {}

  /**
   * What floating-point bits depend on besides the mathematics.
   *
   * @param backend name of the tensor library
   * @param threads one trainer computes with
   */
  public record Compute(String backend, int threads) {}

  /** The shape of one input: the raw image, cropped. */
  public ImageShape inputShape() {
    return inputShape(data.shape(), preprocessing.crop());
  }

  /**
   * The shape of an image of shape {@code raw} after a centre crop of side {@code crop} (0: none).
   */
  public static ImageShape inputShape(ImageShape raw, int crop) {
    return crop == 0 ? raw : new ImageShape(raw.channels(), crop, crop);
  }

  /** Whether its minibatches are made of the training images before the centre crop. */
  public boolean needsUncropped() {
    return augmentation.needsUncropped(condition.kind());
  }

  /** Minibatches in an epoch; the last may be smaller. */
  public long stepsPerEpoch() {
    int batch = training.hyperparameters().batchSize();
    return (data.trained() + batch - 1L) / batch;
  }

  /** Most optimiser steps; empty if only a loss ends the run. */
  public OptionalLong maxSteps() {
    long byEpochs = training.stop().maxEpochs() * stepsPerEpoch();
    long bySteps = training.stop().maxSteps();
    if (byEpochs == 0 && bySteps == 0) {
      return OptionalLong.empty();
    }
    if (byEpochs == 0 || bySteps == 0) {
      return OptionalLong.of(Math.max(byEpochs, bySteps));
    }
    return OptionalLong.of(Math.min(byEpochs, bySteps));
  }
}
