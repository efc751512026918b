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

  /** How an assignment ended. */
  sealed interface Report {
    RunAssignment assignment();
  }

  /** The loop came to an end, and everything it took is on Kafka. */
  record Ended(RunAssignment assignment, TrainingOutcome outcome, List<Long> snapshotSteps)
      implements Report {}

  /** The device failed: what it trained has to go on elsewhere. */
  record DeviceFailed(RunAssignment assignment, DeviceException cause) implements Report {}

  /** The assignment broke off for another reason. */
  record Crashed(RunAssignment assignment, Throwable cause) implements Report {}

  private final ExperimentSetup setup;
  private final WorkThread thread;
  private TrainingTask current;
  private ActorRef<Report> reportTo;
  private Throwable aborted;

  static Behavior<Command> create(ExperimentSetup setup, int slot) {
    return Behaviors.setup(context -> new TrainerActor(context, setup, slot));
  }

  private TrainerActor(ActorContext<Command> context, ExperimentSetup setup, int slot) {
    super(context);
    this.setup = setup;
    this.thread = new WorkThread("gengap-trainer-" + slot);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Train.class, this::onTrain)
        .onMessage(Finished.class, this::onFinished)
        .onMessage(Abort.class, this::onAbort)
        .onMessageEquals(Stop.INSTANCE, this::onStop)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onTrain(Train message) {
    TrainingTask task = new TrainingTask(setup, message);
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

  private Behavior<Command> onPostStop() {
    if (current != null) {
      current.abandon();
    }
    thread.close();
    return this;
  }
}
