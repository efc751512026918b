package dev.gengap.actors;

import dev.gengap.core.RunId;

/**
 * One attempt at a run.
 *
 * @param run what is trained
 * @param incarnation higher for every attempt at the same run; only the newest counts
 * @param lane number of the lane that feeds it, from 0
 */
record Attempt(RunId run, int incarnation, int lane) {

  /** Where its minibatches travel. */
  LaneAddress address() {
    return new LaneAddress(run.value(), incarnation, lane);
  }
}
