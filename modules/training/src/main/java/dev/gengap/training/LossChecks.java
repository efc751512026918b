package dev.gengap.training;

import java.util.List;

/**
 * When the training loss is checked, and what the checks have found so far. Everything that depends
 * on earlier checks follows from the lowest loss alone, so that is all a resumed run must know.
 */
final class LossChecks {
  private final SnapshotPolicy policy;
  private final int batchesPerEpoch;
  private double lowest;
  private int resolution;

  LossChecks(SnapshotPolicy policy, int batchesPerEpoch, double lowest) {
    this.policy = policy;
    this.batchesPerEpoch = batchesPerEpoch;
    this.lowest = lowest;
    this.resolution = perEpoch();
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
