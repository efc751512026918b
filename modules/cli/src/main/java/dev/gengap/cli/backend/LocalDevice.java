package dev.gengap.cli.backend;

import dev.gengap.compute.Backend;
import dev.gengap.experiment.Device;
import java.util.function.IntFunction;

/**
 * A device of this machine that this build can compute on.
 *
 * @param memoryBytes what it has to hold tensors
 * @param units what works side by side: processors, or OpenCL's compute units
 * @param graphics whether it is a graphics processor
 * @param opener makes a backend on it, given the threads of one that runs on the processors
 */
public record LocalDevice(
    Device device, long memoryBytes, int units, boolean graphics, IntFunction<Backend> opener) {

  /**
   * A backend on it. Caller closes.
   *
   * @param threads of a backend that runs on the processors; others have their own
   */
  public Backend open(int threads) {
    return opener.apply(threads);
  }
}
