package dev.gengap.actors;

/** Something failed in another process; its log holds the stack trace. */
final class RemoteFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RemoteFailure(String message) {
    super(message);
  }
}
