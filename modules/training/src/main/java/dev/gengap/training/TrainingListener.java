package dev.gengap.training;

import java.util.function.Supplier;

/** Hears from a training loop, in the loop's thread, which waits meanwhile. */
public interface TrainingListener {
  /** At the end of each epoch, every so many steps, and at the end. */
  void progress(ProgressReport report);

  /** When the snapshot policy says so. */
  void snapshot(SnapshotTaken snapshot);

  /**
   * After the progress and snapshots of each epoch but the last: the run can go on from here.
   *
   * @param state copies the state when asked, which is possible only during the call
   */
  default void resumable(Supplier<TrainingState> state) {}

  /** Asked before each step: whether to stop without the snapshot of the end. */
  boolean stopRequested();
}
