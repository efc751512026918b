package dev.gengap.experiment.results;

import dev.gengap.experiment.Device;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One attempt at a run, and the device that made it.
 *
 * @param incarnation of the attempt, from 1
 * @param device that trained
 * @param resumed whether it went on where an earlier attempt was cut short
 * @param failure of the device, if that ended the attempt; otherwise empty
 */
public record TrainedOn(int incarnation, Device device, boolean resumed, String failure) {

  /**
   * Whether devices that compute other bits had a part in one training. An attempt that began anew
   * leaves nothing of those before it.
   *
   * @param attempts in their order
   */
  public static boolean bitsChanged(List<TrainedOn> attempts) {
    boolean changed = false;
    for (int i = 1; i < attempts.size(); i++) {
      TrainedOn attempt = attempts.get(i);
      Device before = attempts.get(i - 1).device();
      changed = attempt.resumed() && (changed || !attempt.device().hasBitsOf(before));
    }
    return changed;
  }

  Map<String, Object> json() {
    return new TreeMap<>(
        Map.of(
            "incarnation", incarnation,
            "device", device.toString(),
            "resumed", resumed,
            "failure", failure));
  }
}
