package dev.gengap.training;

import dev.gengap.network.Weights;

/**
 * All that a run needs to go on from the end of an epoch as if it had never stopped. Immutable.
 *
 * @param weights parameters
 * @param velocity the optimiser's velocities, by parameter
 * @param step steps done, which is also the sequence number of the next minibatch
 * @param epochs epochs done
 * @param lowestLoss lowest training loss that a check has found [nats]; infinite before the first.
 *     It tells which thresholds have been crossed.
 */
public record TrainingState(
    Weights weights, Weights velocity, long step, int epochs, double lowestLoss) {}
