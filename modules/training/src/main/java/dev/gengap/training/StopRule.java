package dev.gengap.training;

import java.util.OptionalDouble;

/**
 * When a run ends: at the first check that finds the training loss at or below the threshold, when
 * the held-out loss has stopped improving, or when its epochs or steps are used up, whichever comes
 * first.
 *
 * @param trainLoss threshold of the training loss [nats]; empty: none
 * @param lossSource where the training loss comes from, here and for snapshots at loss crossings
 * @param patience epochs in a row whose ends may fail to lower the held-out loss before the run
 *     ends; 0: any number
 * @param maxEpochs most epochs; 0: no limit
 * @param maxSteps most optimiser steps; 0: no limit
 */
public record StopRule(
    OptionalDouble trainLoss, LossSource lossSource, int patience, int maxEpochs, long maxSteps) {

  /** Where the training loss of a check comes from. */
  public enum LossSource {
    /** The mean over the epoch's training passes: free, but of weights that moved meanwhile. */
    EPOCH_MEAN,
    /** All training examples in evaluation mode. */
    FULL
  }
}
