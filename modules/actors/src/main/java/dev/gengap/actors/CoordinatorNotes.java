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

  /**
   * The wish is being worked on, whatever was noted before.
   *
   * @param hindrance what holds that up at present
   */
  void open(Submission wish, Optional<String> hindrance) {
    if (wish.getSettled() || !wish.getProblem().equals(hindrance.orElse(""))) {
      note(wish, false, hindrance.orElse(""));
    }
  }

  /**
   * There is nothing more to do for the wish.
   *
   * @param failure what kept it from being done
   */
  void settled(Submission wish, Optional<Throwable> failure) {
    note(wish, true, failure.map(cause -> Causes.text(Causes.of(cause))).orElse(""));
  }

  private void note(Submission wish, boolean settled, String problem) {
    try (Submissions opened = submissions.get()) {
      opened.note(wish, settled, problem);
    }
  }
}
