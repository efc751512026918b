package dev.gengap.streams;

/** A payload whose chunks are missing or damaged, while the broker answers. */
public final class PayloadException extends StreamException {
  private static final long serialVersionUID = 1L;

  PayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
