package dev.gengap.streams;

/**
 * A stream that cannot be relied on: a record was not delivered, is missing, or is damaged. The
 * message says where: topic, partition, offset, run.
 */
public class StreamException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StreamException(String message) {
    super(message);
  }

  public StreamException(String message, Throwable cause) {
    super(message, cause);
  }
}
