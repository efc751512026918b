package dev.gengap.actors;

import dev.gengap.core.Problem;
import dev.gengap.core.RunId;
import dev.gengap.core.UserError;
import dev.gengap.experiment.Device;
import dev.gengap.experiment.RunPlan;
import dev.gengap.protocol.SchemaVersion;
import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Ending;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.streams.StaleIncarnationException;
import dev.gengap.training.TrainingOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The newest state of every run, on the runs topic before anyone acts on it.
 *
 * <p>Confined to the owning actor; the log is the caller's to close.
 */
final class RunStates {
  private final Consumer<List<RunState>> log;
  private final Map<String, RunState> newest = new HashMap<>();

  /**
   * @param log writes states to the topic, and returns once they are there
   * @param known states read from the topic, oldest first
   */
  RunStates(Consumer<List<RunState>> log, List<RunState> known) {
    this.log = log;
    known.forEach(state -> newest.put(state.getRun(), state));
  }

  /** Whether any record tells of the run. */
  boolean isKnown(RunId run) {
    return newest.containsKey(run.value());
  }

  /** Whether training the run again would change nothing: it finished, or diverged. */
  boolean isOver(RunId run) {
    RunState state = newest.getOrDefault(run.value(), RunState.getDefaultInstance());
    return state.getPhase() == Phase.FINISHED || state.getEnding() == Ending.DIVERGED;
  }

  /** Whose the steps of {@code run} are. */
  StepOwner owner(RunId run) {
    return StepOwner.of(newest.getOrDefault(run.value(), RunState.getDefaultInstance()));
  }

  /** What the user has to know when another process works on the run. */
  static UserError takenOver(RunPlan plan, StaleIncarnationException stale) {
    return new UserError(
        Problem.of(
                "run " + plan.id().value(),
                "incarnation",
                stale.newest(),
                "this process's; another one runs the experiment")
            .withRemedy("let only one process run it"),
        stale);
  }

  /** Publishes that a run waits, was stopped, or failed. */
  void publish(RunPlan plan, Phase phase, String reason) {
    publish(builder(plan).setPhase(phase).setReason(reason).build());
  }

  /** Publishes that runs wait for their turn. */
  void publishWaiting(List<RunPlan> plans) {
    publish(plans.stream().map(plan -> builder(plan).setPhase(Phase.WAITING).build()).toList());
  }

  /**
   * Publishes that a run is assigned anew, and gives the incarnation of the assignment.
   *
   * @param firstStep the step of the resume point it goes on from; 0 if it begins anew
   */
  int publishAssigned(RunPlan plan, Device device, long firstStep) {
    RunState.Builder state = builder(plan);
    int incarnation = state.getIncarnation() + 1;
    publish(
        state
            .setPhase(Phase.RUNNING)
            .setIncarnation(incarnation)
            .addPlacements(Records.placement(incarnation, device, firstStep))
            .build());
    return incarnation;
  }

  /** Publishes that a run waits, or was stopped, because the device it was trained on failed. */
  void publishDeviceFailed(RunPlan plan, Phase phase, Device device, String failure) {
    RunState.Builder state =
        builder(plan).setPhase(phase).setReason("device " + device + " failed: " + failure);
    state.getPlacementsBuilder(state.getPlacementsCount() - 1).setFailure(failure);
    publish(state.build());
  }

  /** Publishes how a run ended, and which snapshots it leaves. */
  void publishEnded(RunPlan plan, TrainingOutcome outcome, List<Long> snapshotSteps) {
    boolean diverged = outcome.reason() == TrainingOutcome.Reason.DIVERGED;
    publish(
        builder(plan)
            .setPhase(diverged ? Phase.FAILED : Phase.FINISHED)
            .setSteps(outcome.steps())
            .setEnding(ending(outcome.reason()))
            .setReason(outcome.description())
            .addAllSnapshotSteps(snapshotSteps)
            .build());
  }

  private static Ending ending(TrainingOutcome.Reason reason) {
    return switch (reason) {
      case TRAIN_LOSS_REACHED -> Ending.TRAIN_LOSS;
      case EARLY_STOPPED -> Ending.EARLY_STOPPED;
      case MAX_EPOCHS -> Ending.MAX_EPOCHS;
      case MAX_STEPS -> Ending.MAX_STEPS;
      case DIVERGED -> Ending.DIVERGED;
      case STOPPED -> Ending.ENDING_UNSPECIFIED;
    };
  }

  private RunState.Builder builder(RunPlan plan) {
    RunState before = newest.getOrDefault(plan.id().value(), RunState.getDefaultInstance());
    return RunState.newBuilder()
        .setSchemaVersion(SchemaVersion.CURRENT)
        .setRun(plan.id().value())
        .setIncarnation(before.getIncarnation())
        .addAllPlacements(before.getPlacementsList())
        .putAllCell(plan.cell())
        .setMaxSteps(plan.config().maxSteps().orElse(0))
        .setParameters(plan.config().network().spec().parameterCount())
        .setStepsPerEpoch(Math.toIntExact(plan.config().stepsPerEpoch()));
  }

  private void publish(RunState state) {
    publish(List.of(state));
  }

  private void publish(List<RunState> states) {
    log.accept(states);
    states.forEach(state -> newest.put(state.getRun(), state));
  }
}
