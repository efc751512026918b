package dev.gengap.measures;

import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;

/** The end of the seconds that one value may take. */
final class TimeLimit {
  private final long start = System.nanoTime();
  private final double seconds;

  /** From now on, as long as {@link Setting#SECONDS} says. */
  TimeLimit(Settings settings) {
    seconds = settings.get(Setting.SECONDS);
  }

  /** Whether the seconds are over; never where there is no limit. */
  boolean isOver() {
    return seconds > 0 && (System.nanoTime() - start) / 1e9 >= seconds;
  }
}
