package dev.gengap.cli.cluster;

import dev.gengap.cli.console.Console;
import dev.gengap.core.ExitCode;
import dev.gengap.core.Problem;
import dev.gengap.core.UserError;
import dev.gengap.protocol.v1.Submission;
import dev.gengap.protocol.v1.Submission.Wish;
import dev.gengap.streams.Brokers;
import dev.gengap.streams.SubmissionTail;
import dev.gengap.streams.Submissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something wished of an experiment that was submitted. Only Kafka is asked and told: a coordinator
 * sees to the rest, if there is one. Confined to one thread.
 */
final class WishRequest {
  private final Brokers brokers;
  private final String name;
  private final Console console;

  /**
   * @param name of the experiment
   */
  WishRequest(Brokers brokers, String name, Console console) {
    this.brokers = brokers;
    this.name = name;
    this.console = console;
  }

  /**
   * Wishes it, and returns.
   *
   * @throws UserError if nothing of this name was submitted, or it can no longer be wished
   */
  ExitCode ask(Wish wish) {
    try (Submissions submissions = open()) {
      put(wish, submissions);
    }
    console
        .out()
        .println(
            name
                + ": to be "
                + WishWords.done(wish)
                + " by a node with role coordinator; until one is up nothing happens");
    return ExitCode.OK;
  }

  /**
   * Wishes it, and waits as {@code wait} says until it is done.
   *
   * @throws UserError if nothing of this name was submitted, or it can no longer be wished
   */
  ExitCode ask(Wish wish, WaitOptions wait) {
    wait.check();
    if (!wait.asked()) {
      return ask(wish);
    }
    try (Submissions submissions = open()) {
      put(wish, submissions);
      ExitCode code = wish == Wish.DELETE ? awaitDeleted(submissions, wait) : awaitQuiet(wait);
      if (code == ExitCode.OK) {
        console.out().println(name + ": " + WishWords.done(wish));
      }
      return code;
    }
  }

  private Submissions open() {
    return Submissions.find(brokers).orElseThrow(() -> unknown(name, List.of()));
  }

  /** A wish that stands already is written again: whoever failed to fulfil it tries anew. */
  private void put(Wish wish, Submissions submissions) {
    Submission now = require(name, submissions);
    if (now.getWish() == Wish.DELETE && wish != Wish.DELETE) {
      throw beingDeleted(name);
    }
    if (now.getWish() == Wish.CANCEL && (wish == Wish.RUN || wish == Wish.PAUSE)) {
      throw new UserError(
          Problem.of(name, "experiment", "cancelled", "one that was not")
              .withRemedy("gengap submit its file again to carry on"));
    }
    submissions.put(now.toBuilder().setWish(wish).build());
  }

  private ExitCode awaitDeleted(Submissions submissions, WaitOptions wait) {
    try (SubmissionTail tail = submissions.tail()) {
      Predicate<Duration> deleted = new Deletion(name, tail);
      return wait.await(deleted, console);
    }
  }

  private ExitCode awaitQuiet(WaitOptions wait) {
    Optional<RunningRuns> begun = RunningRuns.of(brokers, name);
    if (begun.isEmpty()) {
      return ExitCode.OK;
    }
    try (RunningRuns runs = begun.get()) {
      return wait.await(runs::noneAfter, console);
    }
  }

  /**
   * The newest submission of {@code name}.
   *
   * @throws UserError if there is none
   */
  static Submission require(String name, Submissions submissions) {
    return submissions.find(name).orElseThrow(() -> unknown(name, submissions.all()));
  }

  /** For something that must wait until {@code name} is gone. */
  static UserError beingDeleted(String name) {
    return new UserError(
        Problem.of(name, "experiment", "being deleted", "one that stays")
            .withRemedy("gengap delete " + name + " --wait says when it is gone"));
  }

  /** For a name that nothing was submitted under. */
  static UserError unknown(String name, List<Submission> known) {
    String names =
        known.isEmpty()
            ? "one that was submitted; none was"
            : "one of " + String.join(", ", known.stream().map(Submission::getName).toList());
    return new UserError(
        Problem.of("", "experiment", name, names).withRemedy("gengap submit FILE"));
  }
}
