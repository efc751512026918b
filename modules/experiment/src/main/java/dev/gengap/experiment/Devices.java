package dev.gengap.experiment;

/**
 * What trains.
 *
 * @param use the devices asked for
 * @param threads each trainer computes with, &gt; 0; part of every run's id
 * @param slots how many runs share a device
 */
public record Devices(DeviceChoice use, int threads, SlotCounts slots) {
  /** Runs that {@code processors} processors take where the file does not say how many. */
  public int slotsOf(int processors) {
    return Math.max(1, processors / threads);
  }
}
