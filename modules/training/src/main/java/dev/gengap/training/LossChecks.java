package dev.gengap.training;

import java.util.List;

/** When the training loss is checked, and what the checks have found so far. */
final class LossChecks {
  private final SnapshotPolicy policy;
  private final int batchesPerEpoch;
  private double lowest;
  private int resolution;

  /** Before the first check. */
  LossChecks(SnapshotPolicy policy, int batchesPerEpoch) {
    this.policy = policy;
    this.batchesPerEpoch = batchesPerEpoch;
    this.lowest = Double.POSITIVE_INFINITY;
    this.resolution = perEpoch();
  }

  /**
   * After some checks.
   *
   * @param lowest what {@link #lowest} was
   * @param resolution what {@link #resolution} was
   */
  LossChecks(SnapshotPolicy policy, int batchesPerEpoch, double lowest, int resolution) {
    this.policy = policy;
    this.batchesPerEpoch = batchesPerEpoch;
    this.lowest = lowest;
    this.resolution = resolution;
  }

  /** How often an epoch the loss is checked at present. */
  int perEpoch() {
    return policy.refinements().stream()
        .filter(refinement -> lowest <= refinement.trainLoss())
        .mapToInt(SnapshotPolicy.Refinement::checksPerEpoch)
        .reduce(1, Math::max);
  }

  /** Whether one is due after minibatch {@code batch} of an epoch, counted from 1. */
  boolean dueAfter(int batch) {
    long checks = perEpoch();
    return batch * checks / batchesPerEpoch > (batch - 1) * checks / batchesPerEpoch;
  }

  /** Takes note of a check, and returns the snapshot policy's thresholds that it is first below. */
  List<Double> found(double loss) {
    resolution = perEpoch();
    double before = lowest;
    if (loss < lowest) {
      lowest = loss;
    }
    return policy.lossCrossings().stream()
        .filter(threshold -> loss <= threshold && before > threshold)
        .toList();
  }

  /** How often an epoch the loss was being checked when the newest check was made. */
  int resolution() {
    return resolution;
  }

  /** The lowest loss found [nats]; infinite before the first check. */
  double lowest() {
    return lowest;
  }
}
