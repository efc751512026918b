package dev.gengap.monitor;

import dev.gengap.protocol.v1.Progress;

/**
 * Where the training of a run stands, as its newest incarnation tells. Immutable.
 *
 * @param newest the newest progress record; the default instance before the first
 * @param lastScored the newest of that incarnation that ends an epoch or the run; likewise
 * @param stepsPerSecond optimiser steps per second, smoothed over records; 0 while unknown
 */
public record TrainingView(Progress newest, Progress lastScored, double stepsPerSecond) {
  /** Weight of the newest record: some five records are remembered. */
  private static final double SMOOTHING = 0.3;

  static final TrainingView NOT_BEGUN =
      new TrainingView(Progress.getDefaultInstance(), Progress.getDefaultInstance(), 0);

  TrainingView with(Progress record) {
    if (isStale(record)) {
      return this;
    }
    TrainingView before = record.getIncarnation() == newest.getIncarnation() ? this : NOT_BEGUN;
    boolean scored = record.getEndOfEpoch() || record.hasTestLoss();
    return new TrainingView(
        record, scored ? record : before.lastScored, before.smoothedRate(record));
  }

  /** Optimiser steps done. */
  public long step() {
    return newest.getStep();
  }

  private boolean isStale(Progress record) {
    return record.getIncarnation() < newest.getIncarnation()
        || (record.getIncarnation() == newest.getIncarnation()
            && record.getStep() < newest.getStep());
  }

  private double smoothedRate(Progress record) {
    double rate = record.getStepsPerSecond();
    if (!Double.isFinite(rate) || rate <= 0) {
      return stepsPerSecond;
    }
    return stepsPerSecond > 0 ? stepsPerSecond + SMOOTHING * (rate - stepsPerSecond) : rate;
  }
}
