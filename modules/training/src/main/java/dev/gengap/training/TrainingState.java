package dev.gengap.training;

import dev.gengap.network.Weights;
import java.util.List;

/**
 * All that a run needs to go on after a step as if it had never stopped. Immutable.
 *
 * @param weights parameters
 * @param optimiser the optimiser's state vectors, by parameter, in the order of its rule
 * @param step steps done, which is also the sequence number of the next minibatch
 * @param epochs epochs done
 * @param running what the training passes of the epoch in hand came to
 * @param lowestLoss lowest training loss that a check has found [nats]; infinite before the first.
 *     It tells which thresholds have been crossed.
 * @param checksPerEpoch how often an epoch that loss was checked when the newest check was made
 * @param heldOut what early stopping knows
 * @param history what evaluations of the whole training set have found
 */
public record TrainingState(
    Weights weights,
    List<Weights> optimiser,
    long step,
    int epochs,
    RunningMean running,
    double lowestLoss,
    int checksPerEpoch,
    HeldOutBest heldOut,
    TrainingHistory history) {
  public TrainingState {
    optimiser = List.copyOf(optimiser);
  }
}
