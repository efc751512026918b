package dev.gengap.actors;

import dev.gengap.protocol.v1.Submission;
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
   * @param failure what kept it from being done
   */
  void settled(Submission wish, Optional<Throwable> failure) {
    note(wish, true, failure.map(cause -> text(Causes.of(cause))).orElse(""));
  }

  private void note(Submission wish, boolean settled, String problem) {
    try (Submissions opened = submissions.get()) {
      opened.note(wish, settled, problem);
    }
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
