package dev.gengap.actors;

import dev.gengap.experiment.RunPlan;
import dev.gengap.protocol.v1.ResumePoint;
import java.util.Optional;

/**
 * An attempt at a run, as its coordinator sees it.
 *
 * @param plan what is trained
 * @param attempt which attempt at it
 * @param slot where
 * @param from where it goes on; empty if it begins anew
 */
record Assignment(RunPlan plan, Attempt attempt, DeviceSlot slot, Optional<ResumePoint> from) {}
