package dev.gengap.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.RunPlan;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.streams.StaleIncarnationException;
import dev.gengap.training.TrainingOutcome;
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
 * <p>Ownership: parent of the feeders and trainers. Runs on a thread of its own, since it waits for
 * Kafka. Ordering: runs start in the order of the grid; every change of state is on the runs topic
 * before anything acts on it. Failure: an attempt that breaks off is followed by another with a
 * higher incarnation, at most {@link #MOST_ATTEMPTS} in all; then the run is failed and the others
 * go on. A device that fails gets no more runs, and its run goes on on another that has its
 * backend. What the user has to mend stops the experiment instead, and the run waits for the next;
 * so does a run for which no device is left.
 */
final class ExperimentActor extends AbstractBehavior<ExperimentActor.Command> {
  static final int MOST_ATTEMPTS = 3;

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

  private record FeedReady(FeederActor.Prepared prepared) implements Command {}

  private record Reported(TrainerActor.Report report) implements Command {}

  private final ExperimentSetup setup;
  private final RunStates states;
  private final Consumer<Throwable> onFailure;
  private final ActorRef<RecorderActor.Command> recorder;
  private final Crew crew;
  private final Map<String, Integer> tries = new HashMap<>();
  private final Deque<RunPlan> waiting = new ArrayDeque<>();
  private final Set<String> concluding = new HashSet<>();
  private boolean stopping;

  /**
   * @param recorder writes the run folder
   * @param onFailure hears of what breaks the experiment off
   */
  static Behavior<Command> create(
      ExperimentSetup setup,
      RunStates states,
      ActorRef<RecorderActor.Command> recorder,
      Consumer<Throwable> onFailure) {
    return Behaviors.setup(
        context -> {
          context.getSelf().tell(Begin.INSTANCE);
          return new ExperimentActor(context, setup, states, recorder, onFailure);
        });
  }

  private ExperimentActor(
      ActorContext<Command> context,
      ExperimentSetup setup,
      RunStates states,
      ActorRef<RecorderActor.Command> recorder,
      Consumer<Throwable> onFailure) {
    super(context);
    this.setup = setup;
    this.states = states;
    this.recorder = recorder;
    this.onFailure = onFailure;
    this.crew =
        new Crew(
            context,
            setup,
            context.messageAdapter(FeederActor.Prepared.class, FeedReady::new),
            context.messageAdapter(TrainerActor.Report.class, Reported::new));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessageEquals(Begin.INSTANCE, this::onBegin)
        .onMessage(FeedReady.class, this::onFeedReady)
        .onMessage(Reported.class, this::onReported)
        .onMessage(Concluded.class, this::onConcluded)
        .onMessage(Broken.class, message -> onBroken(message.part(), message.cause()))
        .onMessageEquals(Stop.INSTANCE, this::onStop)
        .onSignal(ChildFailed.class, this::onFeederFailed)
        .build();
  }

  private Behavior<Command> onBegin() {
    for (RunPlan run : setup.experiment().runs()) {
      if (states.isOver(run.id())) {
        conclude(run);
      } else if (!setup.finished().contains(run.id())) {
        if (!states.isKnown(run.id())) {
          // Its records are gone, so it cannot go on from the middle.
          setup.workplace().resumePoints(run.id()).delete();
        }
        states.publish(run, Phase.WAITING, "");
        waiting.add(run);
      }
    }
    return goOn();
  }

  /** Assigns what waits to what is free; ends once there is nothing left to do. */
  private Behavior<Command> goOn() {
    for (RunPlan run : List.copyOf(waiting)) {
      if (!stopping) {
        assignOrGiveUp(run);
      }
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
    boolean resumed = setup.workplace().resumePoints(plan.id()).exist();
    int incarnation = states.publishAssigned(plan, slot.offer().device(), resumed);
    crew.prepare(new RunAssignment(plan, incarnation, slot));
  }

  private Behavior<Command> onFeedReady(FeedReady message) {
    crew.train(message.prepared());
    return this;
  }

  private Behavior<Command> onReported(Reported message) {
    TrainerActor.Report report = message.report();
    crew.release(report.assignment().run());
    if (report instanceof TrainerActor.Ended ended) {
      onEnded(ended);
    } else if (report instanceof TrainerActor.DeviceFailed failed) {
      onDeviceFailed(failed);
    } else if (report instanceof TrainerActor.Crashed crashed) {
      onBrokeOff(crashed.assignment().plan(), crashed.cause());
    }
    return goOn();
  }

  private void onEnded(TrainerActor.Ended ended) {
    RunPlan plan = ended.assignment().plan();
    TrainingOutcome outcome = ended.outcome();
    if (outcome.reason() == TrainingOutcome.Reason.STOPPED) {
      states.publish(plan, Phase.STOPPED, "stopped by the user");
    } else {
      states.publishEnded(plan, outcome, ended.snapshotSteps());
      conclude(plan);
    }
  }

  /** Not the run's fault, so its attempts are not counted: the devices that are left bound them. */
  private void onDeviceFailed(TrainerActor.DeviceFailed failed) {
    RunAssignment assignment = failed.assignment();
    RunPlan plan = assignment.plan();
    Device device = assignment.slot().offer().device();
    LOG.error("device {} failed, run {} leaves it", device, assignment.run(), failed.cause());
    crew.retire(assignment, failed.cause());
    states.publishDeviceFailed(
        plan, stopping ? Phase.STOPPED : Phase.WAITING, device, failed.cause().getMessage());
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
    setup.workplace().resumePoints(plan.id()).delete();
    concluding.add(plan.id().value());
    recorder.tell(new RecorderActor.Conclude(plan.id().value(), getContext().getSelf().narrow()));
  }

  private Behavior<Command> onConcluded(Concluded message) {
    concluding.remove(message.run());
    return goOn();
  }

  /** A feeder that ends before its trainer has failed: the attempt is over, whatever trains. */
  private Behavior<Command> onFeederFailed(ChildFailed signal) {
    Throwable cause = Causes.of(signal.getCause());
    crew.orphan(signal.getRef(), cause)
        .ifPresent(
            assignment -> {
              crew.release(assignment.run());
              onBrokeOff(assignment.plan(), cause);
            });
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
    for (RunAssignment assignment : crew.stop()) {
      crew.release(assignment.run());
      states.publish(assignment.plan(), Phase.STOPPED, "stopped by the user");
    }
  }
}
