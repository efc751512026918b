package dev.gengap.compute;

/** An operation prepared on its tensors. Confined to the workspace's thread, which owns it. */
public interface Operation {
  /**
   * Runs it on what its tensors hold now. Returns when the result can be used by the next.
   *
   * @throws DeviceException if the device fails
   * @throws IllegalStateException if the workspace is closed
   */
  void run();
}
