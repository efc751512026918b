package dev.gengap.monitor;

import dev.gengap.protocol.v1.Progress;

/**
 * How well a run does at the end of its last epoch, or within its first; NaN where unknown. Full
 * evaluations are preferred: those the trainer made, else those measured on a snapshot of the same
 * step.
 *
 * @param trainLoss mean training loss [nats]
 * @param trainAccuracy fraction of training examples classified correctly
 * @param testAccuracy fraction of test examples classified correctly
 * @param running whether the training scores are means over the epoch's training passes, for want
 *     of a full evaluation
 */
public record Scores(double trainLoss, double trainAccuracy, double testAccuracy, boolean running) {

  static Scores of(RunView run) {
    Progress last = run.training().lastScored();
    Progress epoch = last.getStep() > 0 ? last : run.training().newest();
    double trainLoss =
        epoch.hasFullTrainLoss() ? epoch.getFullTrainLoss() : measured(run, "cross_entropy");
    double trainAccuracy =
        epoch.hasFullTrainAccuracy()
            ? epoch.getFullTrainAccuracy()
            : 1 - measured(run, "train_error");
    double testAccuracy =
        epoch.hasTestAccuracy() ? epoch.getTestAccuracy() : 1 - measured(run, "test_error");
    boolean running = Double.isNaN(trainAccuracy) && epoch.getStep() > 0;
    if (!running) {
      return new Scores(trainLoss, trainAccuracy, testAccuracy, false);
    }
    return new Scores(epoch.getRunningLoss(), epoch.getRunningAccuracy(), testAccuracy, true);
  }

  /** Training accuracy minus test accuracy, the generalization gap; NaN where either is unknown. */
  public double gap() {
    return trainAccuracy - testAccuracy;
  }

  private static double measured(RunView run, String measure) {
    return run.measures().valueAt(run.step(), measure);
  }
}
