package dev.gengap.streams;

/** Another process writes what this one wrote: whoever gets this stops at once. */
public final class TakenOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TakenOverException(String topic, Throwable cause) {
    super("topic " + topic + ": writer: another process (expected: this one alone)", cause);
  }
}
