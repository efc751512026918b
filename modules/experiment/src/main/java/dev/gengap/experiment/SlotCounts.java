package dev.gengap.experiment;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many runs share a device: a run whose network has {@code k} slots takes a k-th of it, so that
 * runs of different networks may share one, too. Immutable.
 *
 * @param standard for networks without a count of their own; 0: as many as the device takes
 * @param ofNetwork by the network's name, each ≥ 1
 */
public record SlotCounts(int standard, Map<String, Integer> ofNetwork) {
  public SlotCounts {
    ofNetwork = Collections.unmodifiableMap(new TreeMap<>(ofNetwork));
  }

  /** The same count for every network. */
  public static SlotCounts of(int standard) {
    return new SlotCounts(standard, Map.of());
  }

  /**
   * Runs of {@code network} that fill a device.
   *
   * @param taken by a device for which the file says nothing, ≥ 1
   */
  public int on(String network, int taken) {
    return ofNetwork.getOrDefault(network, standard > 0 ? standard : taken);
  }
}
