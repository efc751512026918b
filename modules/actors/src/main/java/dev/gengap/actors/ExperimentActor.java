package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.gengap.compute.DeviceException;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.RunPlan;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.streams.StaleIncarnationException;
import dev.gengap.training.TrainingOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an experiment from its first run to its last measurement: assigns waiting runs to free
 * slots, gives a run that broke off another attempt, and ends when every run has ended, every
 * snapshot is measured and the run folder holds it all.
 *
 * <p>Ownership: the runs; feeders and trainers belong to the nodes that take its orders. Runs on a
 * thread of its own, since it waits for Kafka. Ordering: runs start in the order of the grid; every
 * change of state is on the runs topic before anything acts on it. Failure: an attempt that breaks
 * off is followed by another with a higher incarnation, at most {@link RunQueue#MOST_ATTEMPTS} in
 * all; then the run is failed and the others go on. A device that fails gets no more runs, and its
 * run goes on on another that has its backend. What the user has to mend stops the experiment
 * instead, and the run waits for the next; so does a run for which no device is left.
 */
final class ExperimentActor extends AbstractBehavior<ExperimentActor.Command> {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final String STOPPED = "stopped by the user";
  private static final Logger LOG = LoggerFactory.getLogger(ExperimentActor.class);

  /** What the experiment hears. */
  sealed interface Command {}

  /** Stop the runs in hand cleanly, then end. */
  enum Stop implements Command {
    INSTANCE
  }

  /** All records of an ended run are in the run folder and all its snapshots measured. */
  record Concluded(String run) implements Command {}

  /** A part all runs need has failed for good. */
  record Broken(String part, Throwable cause) implements Command {}

  private enum Begin implements Command {
    INSTANCE
  }

  /** Time to repeat what may have been lost. */
  private enum Tick implements Command {
    INSTANCE
  }

  private record NodesFound(Set<ActorRef<NodeActor.Command>> nodes) implements Command {}

  private record Heard(NodeReport report) implements Command {}

  private final ExperimentSetup setup;
  private final Coordination coordination;
  private final Consumer<Throwable> onFailure;
  private final RunQueue queue;
  private final Crew crew;
  private final NodeRoster roster;

  /**
   * @param coordination where its nodes are
   * @param recorder writes the run folder
   * @param onFailure hears of what breaks the experiment off
   */
  static Behavior<Command> create(
      ExperimentSetup setup,
      RunStates states,
      Coordination coordination,
      ActorRef<RecorderActor.Command> recorder,
      Consumer<Throwable> onFailure) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Tick.INSTANCE, INTERVAL);
                  ActorRef<Command> self = context.getSelf();
                  self.tell(Begin.INSTANCE);
                  RunQueue queue =
                      new RunQueue(
                          states,
                          setup.workplace().openResumePoints(),
                          run ->
                              recorder.tell(
                                  new RecorderActor.Conclude(run.id().value(), self.narrow())));
                  return new ExperimentActor(context, setup, coordination, queue, onFailure);
                }));
  }

  private ExperimentActor(
      ActorContext<Command> context,
      ExperimentSetup setup,
      Coordination coordination,
      RunQueue queue,
      Consumer<Throwable> onFailure) {
    super(context);
    this.setup = setup;
    this.coordination = coordination;
    this.queue = queue;
    this.onFailure = onFailure;
    this.crew = new Crew(new SlotPool(setup.experiment()), coordination.own().isPresent());
    NodeActor.Join join =
        new NodeActor.Join(
            ExperimentRef.to(setup.experiment()),
            coordination.generation(),
            context.messageAdapter(NodeReport.class, Heard::new));
    this.roster = new NodeRoster(coordination, join, crew);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Begin.INSTANCE, this::onBegin)
        .onMessage(NodesFound.class, this::onNodesFound)
        .onMessage(Heard.class, this::onHeard)
        .onMessage(Concluded.class, this::onConcluded)
        .onMessage(Broken.class, message -> onBroken(message.part(), message.cause()))
        .onMessageEquals(Stop.INSTANCE, this::onStop)
        .onMessageEquals(Tick.INSTANCE, this::onTick)
        .onSignal(Terminated.class, this::onNodeGone)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onBegin() {
    queue.fill(setup);
    coordination.find(getContext(), NodesFound::new);
    return goOn();
  }

  private Behavior<Command> onNodesFound(NodesFound message) {
    roster.found(message.nodes());
    return this;
  }

  private Behavior<Command> onTick() {
    roster.ask();
    if (queue.isStopping()) {
      // What they were told may be lost.
      crew.stop();
    }
    queue.sweep();
    return this;
  }

  private Behavior<Command> onHeard(Heard message) {
    NodeReport report = message.report();
    if (report instanceof NodeReport.Described node) {
      onDescribed(node);
    } else if (report instanceof NodeReport.Unfit unfit) {
      onUnfit(unfit);
    } else if (report instanceof NodeReport.Holding holding) {
      crew.missing(holding).forEach(lost -> onLost(lost, "its node does not know of it"));
    } else if (report instanceof NodeReport.OfAttempt of) {
      onReport(of);
    }
    return goOn();
  }

  private void onDescribed(NodeReport.Described node) {
    if (roster.joined(node)) {
      getContext().watch(node.node());
      LOG.info("node {} joined, for {}", node.address(), node.roles());
    }
  }

  private void onUnfit(NodeReport.Unfit unfit) {
    if (roster.unfit(unfit)) {
      LOG.warn("node {} cannot work on the experiment", unfit.address(), unfit.cause());
    }
    if (coordination.own().isPresent()) {
      stopBecause(unfit.cause());
    }
  }

  private Behavior<Command> onNodeGone(Terminated signal) {
    LOG.warn("node {} has gone", signal.getRef().path());
    crew.remove(signal.getRef()).forEach(lost -> onLost(lost, "its node has gone"));
    return goOn();
  }

  private void onLost(Assignment assignment, String reason) {
    LOG.warn("run {}: {}", assignment.plan().id().value(), reason);
    crew.release(assignment.attempt());
    queue.putOff(assignment.plan(), reason);
  }

  /** Assigns what waits to what is free; ends once there is nothing left to do. */
  private Behavior<Command> goOn() {
    for (RunPlan run : queue.waiting()) {
      if (queue.isStopping() || crew.isFull()) {
        break;
      }
      assignOrGiveUp(run);
    }
    return crew.isIdle() && (queue.isStopping() || queue.isDone()) ? Behaviors.stopped() : this;
  }

  private void assignOrGiveUp(RunPlan run) {
    Optional<DeviceSlot> slot = crew.slotFor(run);
    if (slot.isPresent()) {
      queue.take(run);
      assign(run, slot.get());
    } else {
      crew.hopeless(run).ifPresent(error -> giveUp(run, error));
    }
  }

  private void giveUp(RunPlan run, UserError error) {
    queue.stopped(run, error.getMessage());
    stopBecause(error);
  }

  private void assign(RunPlan plan, DeviceSlot slot) {
    Optional<ResumePoint> from;
    try {
      from = queue.resumePoint(plan);
    } catch (UserError e) {
      crew.giveBack(slot);
      giveUp(plan, e);
      return;
    }
    int incarnation = queue.assigned(plan, slot.device(), from);
    Attempt attempt = new Attempt(plan.id(), incarnation, slot.number());
    crew.prepare(new Assignment(plan, attempt, slot, from));
  }

  /** Reports are repeated until they are heard: of attempts that are over they say nothing new. */
  private void onReport(NodeReport.OfAttempt report) {
    Optional<Assignment> known = crew.of(report.attempt());
    if (known.isEmpty()) {
      return;
    }
    Assignment assignment = known.get();
    if (report instanceof NodeReport.FeedReady ready) {
      crew.train(ready);
    } else if (report instanceof NodeReport.FeedFailed failed) {
      onFeedFailed(assignment, failed.cause());
    } else {
      crew.release(report.attempt());
      onOver(assignment, report);
    }
  }

  private void onOver(Assignment assignment, NodeReport.OfAttempt report) {
    if (report instanceof NodeReport.Ended ended) {
      onEnded(assignment.plan(), ended);
    } else if (report instanceof NodeReport.DeviceFailed failed) {
      onDeviceFailed(assignment, failed.cause());
    } else if (report instanceof NodeReport.Crashed crashed) {
      onBrokeOff(assignment.plan(), crashed.cause());
    }
  }

  /** What trains says itself when it has ended. */
  private void onFeedFailed(Assignment assignment, Throwable cause) {
    if (crew.trains(assignment.attempt())) {
      crew.abort(assignment.attempt(), cause);
    } else if (cause instanceof UserError && crew.feedsElsewhere(assignment.attempt())) {
      onLost(assignment, String.valueOf(cause.getMessage()));
    } else {
      crew.release(assignment.attempt());
      onBrokeOff(assignment.plan(), cause);
    }
  }

  private void onEnded(RunPlan plan, NodeReport.Ended ended) {
    if (ended.outcome().reason() == TrainingOutcome.Reason.STOPPED) {
      queue.stopped(plan, STOPPED);
    } else {
      queue.ended(plan, ended.outcome(), ended.snapshotSteps());
    }
  }

  private void onDeviceFailed(Assignment assignment, DeviceException cause) {
    Device device = assignment.slot().device();
    LOG.error("device {} failed, run {} leaves it", device, assignment.plan().id().value(), cause);
    crew.retire(assignment, cause);
    queue.deviceFailed(assignment.plan(), device, cause.getMessage());
  }

  private void onBrokeOff(RunPlan plan, Throwable cause) {
    LOG.warn("run {}: an attempt broke off", plan.id().value(), cause);
    if (cause instanceof StaleIncarnationException stale) {
      // The run's state is now another process's to tell.
      stopBecause(RunStates.takenOver(plan, stale));
    } else if (cause instanceof UserError error) {
      giveUp(plan, error);
    } else {
      queue.brokeOff(plan, cause);
    }
  }

  private Behavior<Command> onConcluded(Concluded message) {
    queue.concluded(message.run());
    return goOn();
  }

  private Behavior<Command> onBroken(String part, Throwable cause) {
    LOG.error("{} failed", part, cause);
    stopBecause(cause);
    return goOn();
  }

  private Behavior<Command> onStop() {
    stopRuns();
    return goOn();
  }

  private void stopBecause(Throwable cause) {
    onFailure.accept(cause);
    stopRuns();
  }

  /** Runs that do not train yet stop here and now, the others at their next step. */
  private void stopRuns() {
    queue.stop();
    for (Assignment assignment : crew.stop()) {
      crew.release(assignment.attempt());
      queue.stopped(assignment.plan(), STOPPED);
    }
  }

  private Behavior<Command> onPostStop() {
    roster.leave();
    queue.close();
    return this;
  }
}
