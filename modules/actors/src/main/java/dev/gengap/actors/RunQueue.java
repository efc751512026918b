package dev.gengap.actors;

import dev.gengap.experiment.Device;
import dev.gengap.experiment.RunPlan;
import dev.gengap.protocol.v1.ResumePoint;
import dev.gengap.protocol.v1.RunState.Phase;
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

/**
 * The runs of an experiment that are not at work: those that wait for a slot, in the order of the
 * grid but for those that lost theirs, which come first; and those whose last records are on their
 * way to the run folder.
 *
 * <p>Confined to the experiment actor, which closes it. Every change of state is on the runs topic
 * once the method that makes it returns.
 */
final class RunQueue implements AutoCloseable {
  static final int MOST_ATTEMPTS = 3;

  private final RunStates states;
  private final ResumePoints resumePoints;
  private final Consumer<RunPlan> concluder;
  private final Map<String, Integer> tries = new HashMap<>();
  private final Deque<RunPlan> waiting = new ArrayDeque<>();
  private final Set<String> concluding = new HashSet<>();
  private boolean stopping;

  /**
   * @param resumePoints become this queue's
   * @param concluder sees to it that the run folder gets all of a run that is over, after which
   *     {@link #concluded} is called
   */
  RunQueue(RunStates states, ResumePoints resumePoints, Consumer<RunPlan> concluder) {
    this.states = states;
    this.resumePoints = resumePoints;
    this.concluder = concluder;
  }

  /** Lets every run wait that is not over. */
  void fill(ExperimentSetup setup) {
    for (RunPlan run : setup.experiment().runs()) {
      if (states.isOver(run.id())) {
        conclude(run);
      } else if (!setup.finished().contains(run.id())) {
        waiting.add(run);
      }
    }
    // Runs whose records are gone cannot go on from the middle.
    resumePoints.clear(
        waiting.stream().map(RunPlan::id).filter(id -> !states.isKnown(id)).toList());
    states.publishWaiting(waiting());
  }

  /** What waits, the first to start first. */
  List<RunPlan> waiting() {
    return List.copyOf(waiting);
  }

  /** Whether every run is over, and all of it in the run folder. */
  boolean isDone() {
    return waiting.isEmpty() && concluding.isEmpty();
  }

  /** From now on nothing waits, and what comes off work is stopped. */
  void stop() {
    stopping = true;
    waiting.clear();
  }

  /** Whether it was told to stop. */
  boolean isStopping() {
    return stopping;
  }

  /** The run no longer waits. */
  void take(RunPlan run) {
    waiting.remove(run);
  }

  /**
   * Where the run goes on.
   *
   * @throws dev.gengap.core.UserError if that cannot be read
   */
  Optional<ResumePoint> resumePoint(RunPlan run) {
    return resumePoints.newest(run.id(), states.owner(run.id()));
  }

  /** The run is at work from now on; gives the incarnation of that. */
  int assigned(RunPlan run, Device device, Optional<ResumePoint> from) {
    return states.publishAssigned(run, device, from.map(ResumePoint::getStep).orElse(0L));
  }

  /** The run is off work through no fault of its own: its turn is next, and no try is counted. */
  void putOff(RunPlan run, String reason) {
    states.publish(run, phaseOffWork(), reason);
    waitAgain(run);
  }

  /** The same if its device has failed. */
  void deviceFailed(RunPlan run, Device device, String failure) {
    states.publishDeviceFailed(run, phaseOffWork(), device, failure);
    waitAgain(run);
  }

  /** An attempt broke off: its turn is next, unless it was the last. */
  void brokeOff(RunPlan run, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    int tried = tries.merge(run.id().value(), 1, Integer::sum);
    if (stopping) {
      stopped(run, reason);
    } else if (tried < MOST_ATTEMPTS) {
      putOff(run, "attempt " + tried + " of " + MOST_ATTEMPTS + " broke off: " + reason);
    } else {
      states.publish(run, Phase.FAILED, reason);
      conclude(run);
    }
  }

  /** The run is off work and its turn does not come. */
  void stopped(RunPlan run, String reason) {
    states.publish(run, Phase.STOPPED, reason);
  }

  /** The run was trained to its end. */
  void ended(RunPlan run, TrainingOutcome outcome, List<Long> snapshotSteps) {
    states.publishEnded(run, outcome, snapshotSteps);
    conclude(run);
  }

  private void conclude(RunPlan run) {
    resumePoints.delete(run.id());
    concluding.add(run.id().value());
    concluder.accept(run);
  }

  /** The run folder has all of the run. */
  void concluded(String run) {
    concluding.remove(run);
  }

  private Phase phaseOffWork() {
    return stopping ? Phase.STOPPED : Phase.WAITING;
  }

  private void waitAgain(RunPlan run) {
    if (!stopping) {
      waiting.addFirst(run);
    }
  }

  /** Removes what is left of resume points that are not needed; to be called now and then. */
  void sweep() {
    resumePoints.sweep();
  }

  @Override
  public void close() {
    resumePoints.sweep();
    resumePoints.close();
  }
}
