package dev.gengap.training;

/**
 * What a training loop is to do.
 *
 * @param batchesPerEpoch minibatches in an epoch, the last, partial one included; &gt; 0
 * @param stop when it ends
 * @param snapshots when it takes snapshots
 * @param progressEverySteps steps between progress reports, besides those at the end of each epoch;
 *     0: only those
 * @param sets what it evaluates the network on
 */
public record TrainingPlan(
    int batchesPerEpoch,
    StopRule stop,
    SnapshotPolicy snapshots,
    int progressEverySteps,
    EvaluationSets sets) {

  public TrainingPlan {
    if (batchesPerEpoch <= 0) {
      throw new IllegalArgumentException(
          "batchesPerEpoch: " + batchesPerEpoch + " (expected: > 0)");
    }
    if (stop.lossSource() == StopRule.LossSource.FULL && sets.train().isEmpty()) {
      throw new IllegalArgumentException("train: none (expected: one, as the loss source is FULL)");
    }
    if ((stop.patience() > 0 || snapshots.best()) && sets.heldOut().isEmpty()) {
      throw new IllegalArgumentException("heldOut: none (expected: some, to find the best on)");
    }
  }
}
