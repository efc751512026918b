package dev.gengap.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Closes a stream from which nothing has come for too long, so that a read blocked on it ends: the
 * body of an HTTP response has no time limit of its own. The reader closes the guard.
 */
final class StallGuard implements AutoCloseable {
  private final InputStream guarded;
  private final Duration limit;
  private final Timer timer = new Timer("gengap-fetch-stall", true);
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream guarded, Duration limit) {
    this.guarded = guarded;
    this.limit = limit;
    long every = Math.max(1, limit.toMillis() / 4);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            check();
          }
        },
        every,
        every);
  }

  /** Something has come. */
  void alive() {
    lastNanos = System.nanoTime();
  }

  /** Whether the stream was closed for want of data. */
  boolean stalled() {
    return stalled;
  }

  private void check() {
    if (System.nanoTime() - lastNanos < limit.toNanos()) {
      return;
    }
    stalled = true;
    timer.cancel();
    try {
      guarded.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a stalled download", e);
    }
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
