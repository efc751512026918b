package dev.gengap.systemtests.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for conditions that nobody tells of. */
public final class Polling {
  /** How long to wait between two looks [ms]. */
  private static final long INTERVAL_MILLIS = 50;

  private Polling() {}

  /**
   * Waits until the condition holds, but no longer than {@code most}.
   *
   * @return whether it came to hold
   */
  public static boolean until(Duration most, BooleanSupplier holds) {
    long end = System.nanoTime() + most.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(INTERVAL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
