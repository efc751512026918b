package dev.gengap.measures;

import dev.gengap.measures.api.MeasureDescription;

/** Hears of the measures of a snapshot one by one. */
@FunctionalInterface
public interface MeasureListener {
  /**
   * A measure of many passes is about to begin. Called on the thread that will run it.
   *
   * @param seconds it will take, by its passes and the time of one
   */
  default void begins(MeasureDescription measure, double seconds) {}

  /** A measure has ended. Called on the thread that asked for the measures. */
  void ended(MeasureResult result);

  /** Whether nothing more is wanted: then no further measure begins. Asked on any thread. */
  default boolean cancelled() {
    return false;
  }
}
