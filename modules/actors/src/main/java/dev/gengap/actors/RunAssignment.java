package dev.gengap.actors;

import dev.gengap.experiment.RunPlan;

/**
 * One attempt at a run on one slot.
 *
 * @param plan what to train
 * @param incarnation higher for every assignment of the same run; only the newest counts
 * @param slot the slot that trains it
 */
record RunAssignment(RunPlan plan, int incarnation, DeviceSlot slot) {

  /** The run's id as records carry it. */
  String run() {
    return plan.id().value();
  }

  /** The lane that feeds it: its slot's. */
  int lane() {
    return slot.number();
  }

  /** Where its minibatches travel. */
  LaneAddress address() {
    return new LaneAddress(run(), incarnation, lane());
  }
}
