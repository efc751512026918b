package dev.gengap.streams;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, a minute at most. */
final class Await {
  private static final long MOST = Duration.ofMinutes(1).toNanos();

  private Await() {}

  static void until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > MOST) {
        throw new AssertionError("not within a minute");
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
