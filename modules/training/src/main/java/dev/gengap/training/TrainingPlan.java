package dev.gengap.training;

import dev.gengap.data.Examples;
import java.util.Optional;

/**
 * What a training loop is to do.
 *
 * @param batchesPerEpoch minibatches in an epoch, the last, partial one included; &gt; 0
 * @param stop when it ends
 * @param snapshots when it takes snapshots
 * @param progressEverySteps steps between progress reports, besides those at the end of each epoch;
 *     0: only those
 * @param train the training set, for {@link StopRule.LossSource#FULL}
 * @param test the test set, evaluated at the end of each epoch; empty: not
 */
public record TrainingPlan(
    int batchesPerEpoch,
    StopRule stop,
    SnapshotPolicy snapshots,
    int progressEverySteps,
    Optional<Examples> train,
    Optional<Examples> test) {

  public TrainingPlan {
    if (batchesPerEpoch <= 0) {
      throw new IllegalArgumentException(
          "batchesPerEpoch: " + batchesPerEpoch + " (expected: > 0)");
    }
    if (stop.lossSource() == StopRule.LossSource.FULL && train.isEmpty()) {
      throw new IllegalArgumentException("train: none (expected: one, as the loss source is FULL)");
    }
  }
}
