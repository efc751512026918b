package dev.gengap.training;

/** Steps per second of wall time between one question and the next. */
final class StepRate {
  private long lastNanos;
  private long lastStep;

  /** Starts the clock at {@code step}. */
  void start(long step) {
    lastNanos = System.nanoTime();
    lastStep = step;
  }

  /** The rate since the question before, when {@code step} steps are done. */
  double perSecond(long step) {
    long now = System.nanoTime();
    double rate = (step - lastStep) * 1e9 / Math.max(now - lastNanos, 1);
    lastNanos = now;
    lastStep = step;
    return rate;
  }
}
