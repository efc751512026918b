package dev.gengap.compute;

/**
 * A device has failed, or cannot be used: what it computes has to go on elsewhere. Thrown by
 * backends, when they are made or when an operation runs, for what is the device's fault and not
 * the caller's: a driver that gives up, memory that is used up, a kernel it does not compile.
 */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message {@code name: value (expected: …)}, as all of Gengap's
   */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }

  public DeviceException(String message) {
    super(message);
  }
}
