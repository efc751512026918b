package dev.gengap.training;

import java.util.function.Supplier;

/** Hears from a training loop, in the loop's thread, which waits meanwhile. */
public interface TrainingListener {
  /** At the end of each epoch, every so many steps, and at the end. */
  void progress(ProgressReport report);

  /** When the snapshot policy says so. */
  void snapshot(SnapshotTaken snapshot);

  /**
   * After every step but the last, its progress and snapshots, and once more when the loop stops on
   * request: the run can go on from here.
   *
   * @param at steps done, &gt; 0
   * @param endOfEpoch whether they end an epoch
   * @param state copies the state when asked, which is possible only during the call
   */
  default void resumable(long at, boolean endOfEpoch, Supplier<TrainingState> state) {}

  /** Asked before each step: whether to stop without the snapshot of the end. */
  boolean stopRequested();
}
