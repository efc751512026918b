package dev.gengap.actors;

import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import dev.gengap.core.UserError;
import java.time.Duration;

/**
 * Keeps an actor going that can make up its state from the records: when it fails, another begins
 * after a pause, a bounded number of times; then this fails with its cause. What the user has to
 * mend is not tried again. When the actor ends by itself, so does this.
 *
 * <p>Every time it is a new child, so that nothing in the mailbox of the one that failed, and none
 * of its threads, reaches the next.
 */
final class Restarting {
  private static final int MOST_RESTARTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final double JITTER = 0.1;

  /** After so long without a failure, the next counts as the first. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private Restarting() {}

  static <T> Behavior<Void> of(Behavior<T> child, DispatcherSelector dispatcher) {
    Behavior<Void> parent =
        Behaviors.setup(
            context -> {
              context.watch(context.spawn(child, "worker", dispatcher));
              return Behaviors.receive(Void.class)
                  .onSignal(ChildFailed.class, Restarting::onFailed)
                  .onSignal(Terminated.class, signal -> Behaviors.stopped())
                  .build();
            });
    Behavior<Void> unlessHopeless =
        Behaviors.supervise(parent).onFailure(UserError.class, SupervisorStrategy.stop());
    return Behaviors.supervise(unlessHopeless)
        .onFailure(
            RuntimeException.class,
            SupervisorStrategy.restartWithBackoff(FIRST_PAUSE, LONGEST_PAUSE, JITTER)
                .withMaxRestarts(MOST_RESTARTS)
                .withResetBackoffAfter(FORGOTTEN));
  }

  private static Behavior<Void> onFailed(ChildFailed signal) {
    throw Causes.unchecked(signal.getCause());
  }
}
