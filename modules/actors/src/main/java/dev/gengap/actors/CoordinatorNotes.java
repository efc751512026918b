package dev.gengap.actors;

import dev.gengap.protocol.v1.Submission;
import dev.gengap.streams.StaleIncarnationException;
import dev.gengap.streams.Submissions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the coordinator tells of the wishes it works off, for whoever asks for the status or waits
 * for the end.
 *
 * <p>Confined to the coordinator. Each note waits for Kafka.
 */
final class CoordinatorNotes {
  private final Supplier<Submissions> submissions;

  /**
   * @param submissions opens the topic, each time anew
   */
  CoordinatorNotes(Supplier<Submissions> submissions) {
    this.submissions = submissions;
  }

  /** The wish is being worked on, whatever was noted before. */
  void open(Submission wish) {
    if (wish.getSettled() || !wish.getProblem().isEmpty()) {
      note(wish, false, "");
    }
  }

  /**
   * There is nothing more to do for the wish.
   *
   * @param failure what kept it from being done; that another coordinator has taken over says
   *     nothing about the wish, and is not noted
   */
  void settled(Submission wish, Optional<Throwable> failure) {
    if (failure.filter(CoordinatorNotes::isTakenOver).isEmpty()) {
      note(wish, true, failure.map(cause -> text(Causes.of(cause))).orElse(""));
    }
  }

  private void note(Submission wish, boolean settled, String problem) {
    try (Submissions opened = submissions.get()) {
      opened.note(wish, settled, problem);
    }
  }

  private static boolean isTakenOver(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StaleIncarnationException) {
        return true;
      }
    }
    return false;
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
