package dev.gengap.monitor;

import dev.gengap.protocol.v1.MeasureGroup;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.List;

/**
 * A snapshot of a run, as its manifest announced it.
 *
 * @param incarnation of the run that took it
 * @param step optimiser steps done when it was taken
 * @param epoch epochs completed
 * @param reasons why it was taken
 */
public record SnapshotView(int incarnation, long step, double epoch, List<String> reasons) {
  public SnapshotView {
    reasons = List.copyOf(reasons);
  }

  /** Whether {@code group} measures this snapshot. */
  boolean concerns(MeasureGroup group) {
    return group.getAtCount() == 0 || group.getAtList().stream().anyMatch(reasons::contains);
  }

  static SnapshotView of(SnapshotManifest manifest) {
    return new SnapshotView(
        manifest.getIncarnation(),
        manifest.getStep(),
        manifest.getEpoch(),
        manifest.getReasonsList());
  }
}
