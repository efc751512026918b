package dev.gengap.actors;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one owner has opened, to be closed in the opposite order; a failure to close one thing keeps
 * none of the others open.
 *
 * <p>Confined to its owner.
 */
final class Resources implements AutoCloseable {

  /** Something to close that fails with no checked exception. */
  interface Closing {
    void close();
  }

  private final Deque<Closing> open = new ArrayDeque<>();

  /** Takes charge of what {@code closing} closes. */
  void add(Closing closing) {
    open.push(closing);
  }

  /** Closes everything because of {@code cause}, which is the caller's to throw on. */
  void closeAfter(Throwable cause) {
    try {
      close();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    RuntimeException first = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
