package dev.gengap.actors;

import dev.gengap.compute.Backend;
import dev.gengap.experiment.Device;
import java.util.function.Supplier;

/**
 * A device that runs may be trained on.
 *
 * @param device which one
 * @param slots runs that fill it where the experiment file does not say how many, ≥ 1
 * @param backends makes a backend on it, each for one thread; what it throws is the device's
 *     failure
 */
public record DeviceOffer(Device device, int slots, Supplier<Backend> backends) {
  public DeviceOffer {
    if (slots < 1) {
      throw new IllegalArgumentException("slots: " + slots + " (expected: >= 1)");
    }
  }
}
