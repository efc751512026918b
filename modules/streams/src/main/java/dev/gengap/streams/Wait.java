package dev.gengap.streams;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A wait for the broker, of which the log hears once it is long, and once it is over. Confined to
 * one thread.
 */
final class Wait {
  private static final Logger LOG = LoggerFactory.getLogger(Wait.class);

  /** Shorter silences are common. */
  private static final Duration LONG = Duration.ofSeconds(5);

  /** Kafka's clients notice the end of a wait themselves, a moment late. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final String what;
  private final StreamsConfig config;
  private final Duration most;
  private final long start = System.nanoTime();
  private boolean told;

  /**
   * @param what is waited for
   * @param most how long to wait
   */
  Wait(String what, StreamsConfig config, Duration most) {
    this.what = what;
    this.config = config;
    this.most = most;
  }

  /** How long to wait before the next look [ms]: 0 once the time is up. */
  long millisToNextLook() {
    Duration left = most.plus(GRACE).minus(elapsed());
    Duration step = left.compareTo(LONG) < 0 ? left : LONG;
    return Math.max(0, step.toMillis());
  }

  /** The wait goes on. */
  void goesOn() {
    if (!told && elapsed().compareTo(LONG) >= 0) {
      told = true;
      LOG.warn(
          "{}: no answer from {}, waiting up to {} s", what, config.bootstrap(), seconds(most));
    }
  }

  /** What was waited for is there. */
  void ended() {
    if (told) {
      LOG.warn("{}: answered by {} after {} s", what, config.bootstrap(), seconds(elapsed()));
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static long seconds(Duration duration) {
    return duration.toSeconds();
  }
}
