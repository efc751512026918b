package dev.gengap.monitor;

import dev.gengap.protocol.StepOwner;
import dev.gengap.protocol.v1.Measurement;
import dev.gengap.protocol.v1.Progress;
import dev.gengap.protocol.v1.RunState;
import dev.gengap.protocol.v1.RunState.Phase;
import dev.gengap.protocol.v1.SnapshotManifest;
import java.util.OptionalDouble;

/**
 * What is known of one run. What an incarnation tells of a step that is another's is ignored, for
 * the trainer that wrote it had lost the run. Immutable.
 *
 * @param id 12 hexadecimal digits
 * @param state its newest state; the default instance until one arrives
 * @param owner whose its steps are
 * @param training where training stands
 * @param measures its snapshots and what was measured on them
 */
public record RunView(
    String id, RunState state, StepOwner owner, TrainingView training, MeasuresView measures) {

  static RunView unknown(String id) {
    return new RunView(
        id,
        RunState.getDefaultInstance(),
        StepOwner.UNKNOWN,
        TrainingView.NOT_BEGUN,
        MeasuresView.NONE);
  }

  RunView with(RunState newest) {
    StepOwner known = owner.with(newest);
    return new RunView(
        id,
        newest.getIncarnation() < state.getIncarnation() ? state : newest,
        known,
        training.newest().getIncarnation() < known.newest() ? TrainingView.NOT_BEGUN : training,
        known.equals(owner) ? measures : measures.ownedBy(known));
  }

  RunView with(Progress newest) {
    if (newest.getIncarnation() < owner.newest()) {
      return this;
    }
    return new RunView(id, state, owner, training.with(newest), measures);
  }

  RunView with(SnapshotManifest manifest) {
    if (!owner.accepts(manifest.getIncarnation(), manifest.getStep())) {
      return this;
    }
    return new RunView(id, state, owner, training, measures.with(manifest));
  }

  RunView with(Measurement measurement) {
    return new RunView(id, state, owner, training, measures.with(measurement));
  }

  /** Phase of the run; WAITING until a record says otherwise. */
  public Phase phase() {
    return switch (state.getPhase()) {
      case PHASE_UNSPECIFIED, UNRECOGNIZED -> training.step() > 0 ? Phase.RUNNING : Phase.WAITING;
      case WAITING, RUNNING, FINISHED, FAILED, STOPPED -> state.getPhase();
    };
  }

  /** Optimiser steps done, those of the resume point it went on from included. */
  public long step() {
    return Math.max(Math.max(training.step(), owner.newestFirstStep()), state.getSteps());
  }

  /** Epochs completed. */
  public double epoch() {
    return state.getStepsPerEpoch() > 0
        ? (double) step() / state.getStepsPerEpoch()
        : training.newest().getEpoch();
  }

  /** Fraction of the most steps the run can take, 0 … 1; empty where that is open. */
  public OptionalDouble fractionDone() {
    if (state.getMaxSteps() <= 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.min(1, (double) step() / state.getMaxSteps()));
  }

  /**
   * Seconds until the most steps the run can take are done: an upper bound, for a stop rule may end
   * it before. Empty when the run does not run, the end is open or the rate unknown.
   */
  public OptionalDouble secondsLeft() {
    if (phase() != Phase.RUNNING || state.getMaxSteps() <= 0 || training.stepsPerSecond() <= 0) {
      return OptionalDouble.empty();
    }
    long left = Math.max(0, state.getMaxSteps() - step());
    return OptionalDouble.of(left / training.stepsPerSecond());
  }

  /** The newest evaluation of the run. */
  public Scores scores() {
    return Scores.of(this);
  }
}
