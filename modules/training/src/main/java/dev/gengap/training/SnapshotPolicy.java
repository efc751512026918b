package dev.gengap.training;

import java.util.List;

/**
 * When snapshots are taken, besides the one at step 0 that every run has.
 *
 * @param everySteps every so many steps; 0: not
 * @param everyEpochs every so many epochs; 0: not
 * @param logSpaced after 1, 2, 4, 8, … steps
 * @param lossCrossings thresholds [nats]; one snapshot each, at the first check whose training loss
 *     is at or below it
 * @param refinements how often the loss is checked, beyond once at the end of each epoch
 * @param best at the end of each epoch with a lower held-out loss than any before
 * @param end after the last step
 */
public record SnapshotPolicy(
    int everySteps,
    int everyEpochs,
    boolean logSpaced,
    List<Double> lossCrossings,
    List<Refinement> refinements,
    boolean best,
    boolean end) {

  /**
   * Once a check has found the training loss at or below {@code trainLoss}, the loss is checked
   * {@code checksPerEpoch} times an epoch (a power of two).
   */
  public record Refinement(double trainLoss, int checksPerEpoch) {}

  public SnapshotPolicy {
    lossCrossings = List.copyOf(lossCrossings);
    refinements = List.copyOf(refinements);
  }
}
