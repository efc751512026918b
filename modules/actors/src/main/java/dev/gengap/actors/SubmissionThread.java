package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import dev.gengap.streams.SubmissionTail;
import dev.gengap.streams.SubmissionTail.Change;
import dev.gengap.streams.Submissions;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * The one thread that reads what is submitted, for the coordinator.
 *
 * <p>Ownership: the thread opens what it reads with, and closes it. {@link #close} waits for its
 * end. Failure: goes to the coordinator once.
 */
final class SubmissionThread implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final Supplier<Submissions> submissions;
  private final ActorRef<CoordinatorActor.Command> coordinator;
  private final Thread thread;
  private volatile boolean closed;

  private SubmissionThread(
      Supplier<Submissions> submissions, ActorRef<CoordinatorActor.Command> coordinator) {
    this.submissions = submissions;
    this.coordinator = coordinator;
    this.thread = new Thread(this::follow, "gengap-submissions");
    thread.setDaemon(true);
  }

  static SubmissionThread start(
      Supplier<Submissions> submissions, ActorRef<CoordinatorActor.Command> coordinator) {
    SubmissionThread started = new SubmissionThread(submissions, coordinator);
    started.thread.start();
    return started;
  }

  private void follow() {
    try (Submissions opened = submissions.get();
        SubmissionTail tail = opened.tail()) {
      coordinator.tell(new CoordinatorActor.Submitted(tail.readToEnd()));
      while (!closed) {
        List<Change> changes = tail.poll(POLL);
        if (!changes.isEmpty()) {
          coordinator.tell(new CoordinatorActor.Submitted(changes));
        }
      }
    } catch (RuntimeException e) {
      coordinator.tell(new CoordinatorActor.TailBroken(e));
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
