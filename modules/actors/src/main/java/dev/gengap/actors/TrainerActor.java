package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.gengap.compute.DeviceException;
import dev.gengap.training.TrainingOutcome;
import java.time.Duration;
import java.util.List;

/**
 * One place on a device: trains one run at a time, on a thread of its own, so that the mailbox
 * stays open while it computes.
 *
 * <p>Ownership: the training thread owns the backend, the lane reader and the weights; the actor
 * only starts it, asks it to stop, reports how it ended, and waits for it before it ends itself.
 * Failure: whatever ends an assignment becomes a {@link DeviceFailed} or a {@link Crashed} report;
 * the experiment decides about another attempt.
 */
final class TrainerActor extends AbstractBehavior<TrainerActor.Command> {

  private static final Duration REMINDER = Duration.ofSeconds(2);

  /** What a trainer is asked. */
  sealed interface Command {}

  /**
   * Train this run to its end.
   *
   * @param assignment which run, and which attempt at it
   * @param references the sets its losses are evaluated on
   * @param batchesPerEpoch minibatches in one epoch of its feed
   * @param feeder who wants to know how far the feed is consumed
   * @param replyTo who wants to know how it ended
   */
  record Train(
      RunAssignment assignment,
      ReferenceHashes references,
      int batchesPerEpoch,
      ActorRef<FeederActor.Command> feeder,
      ActorRef<Report> replyTo)
      implements Command {}

  /** Finish the step in hand, publish what is taken, and report {@link Ended} as stopped. */
  enum Stop implements Command {
    INSTANCE
  }

  /** What the run needs is gone: end it and report {@link Crashed} with this cause. */
  record Abort(Throwable cause) implements Command {}

  private record Finished(Report report) implements Command {}

  private enum Remind implements Command {
    INSTANCE
  }

  /** How an assignment ended. */
  sealed interface Report {
    RunAssignment assignment();

    /** The same for whoever coordinates the attempt. */
    NodeReport.OfAttempt toNode();
  }

  /** The loop came to an end, and everything it took is on Kafka. */
  record Ended(RunAssignment assignment, TrainingOutcome outcome, List<Long> snapshotSteps)
      implements Report {
    @Override
    public NodeReport.OfAttempt toNode() {
      return new NodeReport.Ended(assignment.attempt(), outcome, snapshotSteps);
    }
  }

  /** The device failed: what it trained has to go on elsewhere. */
  record DeviceFailed(RunAssignment assignment, DeviceException cause) implements Report {
    @Override
    public NodeReport.OfAttempt toNode() {
      return new NodeReport.DeviceFailed(assignment.attempt(), cause);
    }
  }

  /** The assignment broke off for another reason. */
  record Crashed(RunAssignment assignment, Throwable cause) implements Report {
    @Override
    public NodeReport.OfAttempt toNode() {
      return new NodeReport.Crashed(assignment.attempt(), cause);
    }
  }

  private final Hosted hosted;
  private final WorkThread thread;
  private TrainingTask current;
  private ActorRef<Report> reportTo;
  private Throwable aborted;

  static Behavior<Command> create(Hosted hosted, int slot) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Remind.INSTANCE, REMINDER);
                  return new TrainerActor(context, hosted, slot);
                }));
  }

  private TrainerActor(ActorContext<Command> context, Hosted hosted, int slot) {
    super(context);
    this.hosted = hosted;
    this.thread = new WorkThread("gengap-trainer-" + slot);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Train.class, this::onTrain)
        .onMessage(Finished.class, this::onFinished)
        .onMessage(Abort.class, this::onAbort)
        .onMessageEquals(Stop.INSTANCE, this::onStop)
        .onMessageEquals(Remind.INSTANCE, this::onRemind)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onTrain(Train message) {
    TrainingTask task = new TrainingTask(hosted, message);
    current = task;
    reportTo = message.replyTo();
    getContext()
        .pipeToSelf(
            thread.submit(task::run),
            (ended, failure) ->
                new Finished(failure == null ? ended : brokeOff(message.assignment(), failure)));
    return this;
  }

  private static Report brokeOff(RunAssignment assignment, Throwable failure) {
    return Causes.device(failure)
        .<Report>map(cause -> new DeviceFailed(assignment, cause))
        .orElseGet(() -> new Crashed(assignment, Causes.of(failure)));
  }

  private Behavior<Command> onFinished(Finished message) {
    Report report = message.report();
    reportTo.tell(aborted == null ? report : new Crashed(report.assignment(), aborted));
    current = null;
    aborted = null;
    return this;
  }

  private Behavior<Command> onAbort(Abort message) {
    if (current != null) {
      aborted = message.cause();
      current.abandon();
    }
    return this;
  }

  private Behavior<Command> onStop() {
    if (current != null) {
      current.requestStop();
    }
    return this;
  }

  /** A word to the feeder may be lost, and then it would wait for the trainer and be waited for. */
  private Behavior<Command> onRemind() {
    if (current != null) {
      current.remindFeeder();
    }
    return this;
  }

  private Behavior<Command> onPostStop() {
    if (current != null) {
      current.abandon();
    }
    thread.close();
    return this;
  }
}
