package dev.gengap.training;

import dev.gengap.network.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A snapshot, and why it was taken.
 *
 * @param step steps done; 0 is the initialisation
 * @param epoch epochs done, with fractions
 * @param reasons one or more of {@code start}, {@code end}, {@code best}, {@code every 5 epochs},
 *     {@code every 100 steps}, {@code log-spaced}, {@code train-loss <= 0.1}
 * @param trainLoss of the check that fell on this step, or else the running mean of the epoch
 *     [nats]; empty before the first step
 * @param checksPerEpoch how often the loss was being checked: the resolution of a crossing
 * @param history what evaluations of the whole training set have found up to this step; empty where
 *     there are none in this run: {@link StopRule.LossSource#EPOCH_MEAN}
 * @param weights a copy
 */
public record SnapshotTaken(
    long step,
    double epoch,
    List<String> reasons,
    OptionalDouble trainLoss,
    int checksPerEpoch,
    Optional<TrainingHistory> history,
    Weights weights) {
  public SnapshotTaken {
    reasons = List.copyOf(reasons);
  }
}
