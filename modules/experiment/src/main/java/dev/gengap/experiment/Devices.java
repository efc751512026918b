package dev.gengap.experiment;

/**
 * What trains.
 *
 * @param use {@code auto} or {@code cpu}
 * @param threads each trainer computes with, &gt; 0; part of every run's id
 * @param slots runs trained at once; 0: as many as the processors allow
 */
public record Devices(String use, int threads, int slots) {
  /** Runs trained at once on {@code processors} processors, at least 1. */
  public int slotsOn(int processors) {
    return slots > 0 ? slots : Math.max(1, processors / threads);
  }
}
