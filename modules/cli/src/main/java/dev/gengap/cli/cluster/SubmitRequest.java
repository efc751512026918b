package dev.gengap.cli.cluster;

import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.monitor.ExperimentSummary;
import dev.gengap.monitor.ExperimentView;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.protocol.v1.Submission.Wish;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.Submissions;
import java.util.Locale;
import java.util.Optional;

/** A submission among those there are. Confined to one thread. */
final class SubmitRequest {
  /** What became of a request. */
  enum Answer {
    SUBMITTED("submitted"),
    RESUMED("resumed"),
    REPLACED("replaces the one before"),
    RENEWED("submitted again");

    private final String words;

    Answer(String words) {
      this.words = words;
    }

    /** The answer for people. */
    String words() {
      return words;
    }

    /** The answer for scripts. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Submissions submissions;
  private final Brokers brokers;
  private final boolean replace;

  /**
   * @param replace whether another experiment of the same name may be given up
   */
  SubmitRequest(Submissions submissions, Brokers brokers, boolean replace) {
    this.submissions = submissions;
    this.brokers = brokers;
    this.replace = replace;
  }

  /**
   * Submits {@code wanted}, or lets the same experiment carry on at its old place in the row.
   *
   * @throws UserError if the name is taken by another experiment that still has runs to finish, or
   *     that is being deleted
   */
  Answer submit(Submission wanted) {
    Optional<Submission> found = submissions.find(wanted.getName());
    if (found.isEmpty()) {
      submissions.put(wanted);
      return Answer.SUBMITTED;
    }
    Submission before = found.get();
    if (before.getWish() == Wish.DELETE) {
      throw WishRequest.beingDeleted(before.getName());
    }
    if (before.getConfig().equals(wanted.getConfig())) {
      return carryOn(before);
    }
    requireReplaceable(before);
    submissions.put(wanted);
    return Answer.REPLACED;
  }

  /** Even a wish that stands is written again: a coordinator that gave up then tries anew. */
  private Answer carryOn(Submission before) {
    submissions.put(before.toBuilder().setWish(Wish.RUN).build());
    return before.getWish() == Wish.RUN ? Answer.RENEWED : Answer.RESUMED;
  }

  private void requireReplaceable(Submission before) {
    if (replace) {
      return;
    }
    ExperimentView view = new ExperimentViews(brokers).of(before.getName());
    ExperimentSummary summary = ExperimentSummary.of(view);
    int over = summary.runs(Phase.FINISHED) + summary.runs(Phase.FAILED);
    if (!view.isNamed() || over < summary.runs()) {
      String state = view.isNamed() ? over + " of " + summary.runs() + " runs over" : "not begun";
      throw new UserError(
          Problem.of(
                  before.getName(),
                  "experiment",
                  "another file of this name is submitted, " + state,
                  "a name of its own, or one whose runs are over")
              .withRemedy("change name, wait, or give it up with --replace"));
    }
  }
}
