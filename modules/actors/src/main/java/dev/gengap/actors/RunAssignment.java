package dev.gengap.actors;

import dev.gengap.experiment.RunPlan;

/**
 * One attempt at a run on one slot.
 *
 * @param plan what to train
 * @param incarnation higher for every assignment of the same run; only the newest counts
 * @param slot the slot that trains it, and so the lane that feeds it, from 0
 */
record RunAssignment(RunPlan plan, int incarnation, int slot) {

  /** The run's id as records carry it. */
  String run() {
    return plan.id().value();
  }
}
