package dev.gengap.actors;

import akka.actor.ActorInitializationException;
import dev.gengap.compute.DeviceException;
import dev.gengap.core.UserError;
import dev.gengap.streams.StaleIncarnationException;
import dev.gengap.streams.TakenOverException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** What is behind an exception that came through futures and actors. */
final class Causes {
  private Causes() {}

  /**
   * The error the user can mend, if there is one behind {@code failure}; otherwise what {@code
   * failure} was before futures and actors wrapped it.
   */
  static Throwable of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError) {
        return cause;
      }
    }
    Throwable unwrapped = failure;
    while (isWrapper(unwrapped) && unwrapped.getCause() != null) {
      unwrapped = unwrapped.getCause();
    }
    return unwrapped;
  }

  /** The failure of a device behind {@code failure}, if there is one. */
  static Optional<DeviceException> device(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeviceException device) {
        return Optional.of(device);
      }
    }
    return Optional.empty();
  }

  /** Whether {@code failure} is that another process took over what this one worked on. */
  static boolean isTakenOver(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StaleIncarnationException || cause instanceof TakenOverException) {
        return true;
      }
    }
    return false;
  }

  /** The same as {@link #of}, as something that may be thrown anywhere. */
  static RuntimeException unchecked(Throwable failure) {
    Throwable cause = of(failure);
    return cause instanceof RuntimeException known
        ? known
        : new IllegalStateException(cause.toString(), cause);
  }

  /** What to call {@code failure} for people. */
  static String text(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException
        || failure instanceof ActorInitializationException;
  }
}
