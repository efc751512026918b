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
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.streams.StaleIncarnationException;
import dev.gengap.training.TrainingOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * off is followed by another with a higher incarnation, at most {@link #MOST_ATTEMPTS} in all; then
 * the run is failed and the others go on. A device that fails gets no more runs, and its run goes
 * on on another that has its backend. What the user has to mend stops the experiment instead, and
 * the run waits for the next; so does a run for which no device is left.
 */
final class ExperimentActor extends AbstractBehavior<ExperimentActor.Command> {
  static final int MOST_ATTEMPTS = 3;

  private static final Duration INTERVAL = Duration.ofSeconds(2);
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
  private final RunStates states;
  private final Consumer<Throwable> onFailure;
  private final ActorRef<RecorderActor.Command> recorder;
  private final Coordination coordination;
  private final NodeActor.Join join;
  private final Crew crew;
  private final ResumePoints resumePoints;
  private final Map<String, Integer> tries = new HashMap<>();
  private final Deque<RunPlan> waiting = new ArrayDeque<>();
  private final Set<String> concluding = new HashSet<>();
  private Set<ActorRef<NodeActor.Command>> found = Set.of();
  private int lanes;
  private boolean stopping;

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
                  context.getSelf().tell(Begin.INSTANCE);
                  return new ExperimentActor(
                      context, setup, states, coordination, recorder, onFailure);
                }));
  }

  private ExperimentActor(
      ActorContext<Command> context,
      ExperimentSetup setup,
      RunStates states,
      Coordination coordination,
      ActorRef<RecorderActor.Command> recorder,
      Consumer<Throwable> onFailure) {
    super(context);
    this.setup = setup;
    this.states = states;
    this.coordination = coordination;
    this.recorder = recorder;
    this.onFailure = onFailure;
    this.resumePoints = setup.workplace().openResumePoints();
    this.crew = new Crew(new SlotPool(setup.experiment()), coordination.own().isPresent());
    this.join =
        new NodeActor.Join(
            ExperimentRef.to(setup.experiment()),
            coordination.generation(),
            context.messageAdapter(NodeReport.class, Heard::new));
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
    for (RunPlan run : setup.experiment().runs()) {
      if (states.isOver(run.id())) {
        conclude(run);
      } else if (!setup.finished().contains(run.id())) {
        if (!states.isKnown(run.id())) {
          // Its records are gone, so it cannot go on from the middle.
          resumePoints.delete(run.id());
        }
        waiting.add(run);
      }
    }
    states.publishWaiting(List.copyOf(waiting));
    coordination.find(getContext(), NodesFound::new);
    return goOn();
  }

  private Behavior<Command> onNodesFound(NodesFound message) {
    found = message.nodes();
    return onTick();
  }

  /** Nodes that have not described themselves are asked once more, trainers to stop too. */
  private Behavior<Command> onTick() {
    found.stream().filter(node -> !crew.knows(node)).forEach(node -> node.tell(join));
    if (stopping) {
      crew.stop();
    }
    resumePoints.sweep();
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
    if (found.contains(node.node()) && crew.add(node)) {
      getContext().watch(node.node());
      LOG.info("node {} joined, for {}", node.address(), node.roles());
      if (crew.lanes() > lanes) {
        lanes = crew.lanes();
        coordination.lanes().accept(lanes);
      }
    }
  }

  private void onUnfit(NodeReport.Unfit unfit) {
    LOG.warn("node {} cannot work on the experiment", unfit.address(), unfit.cause());
    if (coordination.own().isPresent()) {
      stopBecause(unfit.cause());
    }
  }

  private Behavior<Command> onNodeGone(Terminated signal) {
    LOG.warn("node {} has gone", signal.getRef().path());
    crew.remove(signal.getRef()).forEach(lost -> onLost(lost, "its node has gone"));
    return goOn();
  }

  /** Not the run's fault, so its attempts are not counted. */
  private void onLost(Assignment assignment, String reason) {
    RunPlan plan = assignment.plan();
    LOG.warn("run {}: {}", plan.id().value(), reason);
    crew.release(assignment.attempt());
    states.publish(plan, stopping ? Phase.STOPPED : Phase.WAITING, reason);
    if (!stopping) {
      waiting.addFirst(plan);
    }
  }

  /** Assigns what waits to what is free; ends once there is nothing left to do. */
  private Behavior<Command> goOn() {
    for (RunPlan run : List.copyOf(waiting)) {
      if (stopping || crew.isFull()) {
        break;
      }
      assignOrGiveUp(run);
    }
    boolean done = waiting.isEmpty() && concluding.isEmpty();
    return crew.isIdle() && (stopping || done) ? Behaviors.stopped() : this;
  }

  private void assignOrGiveUp(RunPlan run) {
    Optional<DeviceSlot> slot = crew.slotFor(run);
    if (slot.isPresent()) {
      waiting.remove(run);
      assign(run, slot.get());
    } else {
      crew.hopeless(run).ifPresent(error -> giveUp(run, error));
    }
  }

  private void giveUp(RunPlan run, UserError error) {
    states.publish(run, Phase.STOPPED, error.getMessage());
    stopBecause(error);
  }

  private void assign(RunPlan plan, DeviceSlot slot) {
    Optional<ResumePoint> from;
    try {
      from = resumePoints.newest(plan.id(), states.owner(plan.id()));
    } catch (UserError e) {
      crew.giveBack(slot);
      giveUp(plan, e);
      return;
    }
    long firstStep = from.map(ResumePoint::getStep).orElse(0L);
    int incarnation = states.publishAssigned(plan, slot.device(), firstStep);
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
    TrainingOutcome outcome = ended.outcome();
    if (outcome.reason() == TrainingOutcome.Reason.STOPPED) {
      states.publish(plan, Phase.STOPPED, "stopped by the user");
    } else {
      states.publishEnded(plan, outcome, ended.snapshotSteps());
      conclude(plan);
    }
  }

  /** Not the run's fault, so its attempts are not counted: the devices that are left bound them. */
  private void onDeviceFailed(Assignment assignment, DeviceException cause) {
    RunPlan plan = assignment.plan();
    Device device = assignment.slot().device();
    LOG.error("device {} failed, run {} leaves it", device, plan.id().value(), cause);
    crew.retire(assignment, cause);
    states.publishDeviceFailed(
        plan, stopping ? Phase.STOPPED : Phase.WAITING, device, cause.getMessage());
    if (!stopping) {
      waiting.addFirst(plan);
    }
  }

  private void onBrokeOff(RunPlan plan, Throwable cause) {
    String run = plan.id().value();
    String reason = String.valueOf(cause.getMessage());
    int tried = tries.merge(run, 1, Integer::sum);
    LOG.warn("run {}: attempt {} of {} broke off", run, tried, MOST_ATTEMPTS, cause);
    if (cause instanceof StaleIncarnationException stale) {
      // The run's state is now another process's to tell.
      stopBecause(RunStates.takenOver(plan, stale));
    } else if (cause instanceof UserError error) {
      giveUp(plan, error);
    } else if (stopping) {
      states.publish(plan, Phase.STOPPED, reason);
    } else if (tried < MOST_ATTEMPTS) {
      states.publish(plan, Phase.WAITING, "attempt " + tried + " broke off: " + reason);
      waiting.addFirst(plan);
    } else {
      states.publish(plan, Phase.FAILED, reason);
      conclude(plan);
    }
  }

  private void conclude(RunPlan plan) {
    resumePoints.delete(plan.id());
    concluding.add(plan.id().value());
    recorder.tell(new RecorderActor.Conclude(plan.id().value(), getContext().getSelf().narrow()));
  }

  private Behavior<Command> onConcluded(Concluded message) {
    concluding.remove(message.run());
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
    stopping = true;
    waiting.clear();
    for (Assignment assignment : crew.stop()) {
      crew.release(assignment.attempt());
      states.publish(assignment.plan(), Phase.STOPPED, "stopped by the user");
    }
  }

  private Behavior<Command> onPostStop() {
    // Nodes may have been asked to join that have not described themselves.
    found.forEach(node -> node.tell(new NodeActor.Leave(coordination.generation())));
    resumePoints.sweep();
    resumePoints.close();
    return this;
  }
}
