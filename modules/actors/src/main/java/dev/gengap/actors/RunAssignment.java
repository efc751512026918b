package dev.gengap.actors;

import dev.gengap.experiment.RunPlan;
import dev.gengap.protocol.v1.ResumePoint;
import java.util.Optional;

/**
 * An attempt at a run, where it is trained.
 *
 * @param plan what to train
 * @param attempt which attempt at it
 * @param offer the device that trains it
 * @param from where it goes on; empty if it begins anew
 */
record RunAssignment(RunPlan plan, Attempt attempt, DeviceOffer offer, Optional<ResumePoint> from) {

  /** The run's id as records carry it. */
  String run() {
    return attempt.run().value();
  }

  /** Which attempt at the run. */
  int incarnation() {
    return attempt.incarnation();
  }

  /** The lane that feeds it. */
  int lane() {
    return attempt.lane();
  }
}
