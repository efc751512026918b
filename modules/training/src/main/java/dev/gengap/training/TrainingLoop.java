package dev.gengap.training;

import dev.gengap.data.Examples;
import dev.gengap.training.StopRule.LossSource;
import dev.gengap.training.TrainingOutcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Steps a session through the minibatches of a source until its stop rule is met, and tells a
 * listener. A loop resumed after any step goes on bit for bit as one that never stopped. Confined
 * to the session's thread; used once.
 */
public final class TrainingLoop {
  private final TrainingPlan plan;
  private final TrainingSession session;
  private final MinibatchSource source;
  private final TrainingListener listener;
  private final StepRate rate = new StepRate();
  private RunningMean running = RunningMean.NONE;
  private LossChecks checks;
  private HeldOutBest best = HeldOutBest.NONE;
  private TrainingHistory history = TrainingHistory.NONE;
  private long step;
  private int epochs;
  private Optional<Evaluation> train = Optional.empty();
  private Optional<Evaluation> test = Optional.empty();

  /** A loop over {@code session}, which stays the caller's to close. */
  public TrainingLoop(
      TrainingPlan plan,
      TrainingSession session,
      MinibatchSource source,
      TrainingListener listener) {
    this.plan = plan;
    this.session = session;
    this.source = source;
    this.listener = listener;
    checks = new LossChecks(plan.snapshots(), plan.batchesPerEpoch());
  }

  /**
   * Trains from the session's parameters; takes the snapshot of step 0 first.
   *
   * @throws InterruptedException if interrupted while waiting for a minibatch
   */
  public TrainingOutcome run() throws InterruptedException {
    snapshot(List.of(SnapshotReasons.START), OptionalDouble.empty());
    return loop();
  }

  /**
   * Trains on from {@code state}; the source's next minibatch must be number {@code state.step()}.
   *
   * @throws InterruptedException if interrupted while waiting for a minibatch
   */
  public TrainingOutcome resume(TrainingState state) throws InterruptedException {
    session.restore(state.weights(), state.optimiser());
    step = state.step();
    epochs = state.epochs();
    running = state.running();
    checks =
        new LossChecks(
            plan.snapshots(), plan.batchesPerEpoch(), state.lowestLoss(), state.checksPerEpoch());
    best = state.heldOut();
    history = state.history();
    return loop();
  }

  /**
   * What evaluations of the whole training set have found so far; empty where there are none in
   * this run: {@link LossSource#EPOCH_MEAN}.
   */
  public Optional<TrainingHistory> history() {
    return isEvaluatedFull() ? Optional.of(history) : Optional.empty();
  }

  private TrainingOutcome loop() throws InterruptedException {
    rate.start(step);
    Optional<Reason> end = endReached();
    while (end.isEmpty()) {
      if (listener.stopRequested() || !source.hasNext()) {
        return stopped();
      }
      Minibatch minibatch = source.next();
      requireNext(minibatch);
      StepResult result = session.step(minibatch);
      step++;
      running = running.and(result);
      if (!Double.isFinite(result.lossSum())) {
        return outcome(Reason.DIVERGED);
      }
      end = afterStep(minibatch);
    }
    return outcome(end.get());
  }

  private TrainingOutcome stopped() {
    if (step > 0) {
      listener.resumable(step, running.batches() == 0, this::state);
    }
    return outcome(Reason.STOPPED);
  }

  /** Checks, snapshots and reports; says whether that was the last step. */
  private Optional<Reason> afterStep(Minibatch minibatch) {
    boolean endOfEpoch = minibatch.lastOfEpoch();
    List<String> reasons = new ArrayList<>(SnapshotReasons.atStep(plan.snapshots(), step));
    Optional<Evaluation> heldOut = endOfEpoch ? afterEpoch(reasons) : Optional.empty();
    Evaluation mean = running.evaluation();
    double loss = mean.loss();
    Optional<Evaluation> full = Optional.empty();
    if (endOfEpoch || checks.dueAfter(running.batches())) {
      full = evaluateFull();
      train = Optional.of(full.orElse(mean));
      loss = train.get().loss();
      checks.found(loss).forEach(t -> reasons.add(SnapshotReasons.crossing(t)));
    }
    Optional<Reason> end = endReached();
    if (end.isPresent() && plan.snapshots().end()) {
      reasons.add(SnapshotReasons.END);
    }
    if (!reasons.isEmpty()) {
      snapshot(reasons, OptionalDouble.of(loss));
    }
    if (endOfEpoch || end.isPresent() || full.isPresent() || progressDue()) {
      report(minibatch, full, heldOut, end.isPresent());
    }
    if (endOfEpoch) {
      running = RunningMean.NONE;
    }
    if (end.isEmpty()) {
      listener.resumable(step, endOfEpoch, this::state);
    }
    return end;
  }

  /** Evaluates the held-out examples, and adds the reasons for a snapshot. */
  private Optional<Evaluation> afterEpoch(List<String> reasons) {
    epochs++;
    reasons.addAll(SnapshotReasons.atEpochEnd(plan.snapshots(), epochs));
    Optional<Evaluation> heldOut = plan.sets().heldOut().map(session::evaluate);
    if (heldOut.isPresent()) {
      HeldOutBest before = best;
      best = before.or(heldOut.get().loss(), epochs);
      if (plan.snapshots().best() && !best.equals(before)) {
        reasons.add(SnapshotReasons.BEST);
      }
    }
    return heldOut;
  }

  private boolean progressDue() {
    return plan.progressEverySteps() > 0 && step % plan.progressEverySteps() == 0;
  }

  private Optional<Evaluation> evaluateFull() {
    return isEvaluatedFull() ? plan.sets().train().map(this::evaluateFull) : Optional.empty();
  }

  private Evaluation evaluateFull(Examples train) {
    boolean[] fits = new boolean[train.size()];
    Evaluation found = session.evaluate(train, fits);
    history = history.after(step, found.loss(), fits);
    return found;
  }

  private boolean isEvaluatedFull() {
    return plan.stop().lossSource() == LossSource.FULL;
  }

  private Optional<Reason> endReached() {
    StopRule stop = plan.stop();
    if (stop.trainLoss().isPresent() && checks.lowest() <= stop.trainLoss().getAsDouble()) {
      return Optional.of(Reason.TRAIN_LOSS_REACHED);
    }
    if (stop.patience() > 0 && best.age(epochs) >= stop.patience()) {
      return Optional.of(Reason.EARLY_STOPPED);
    }
    if (stop.maxEpochs() > 0 && epochs >= stop.maxEpochs()) {
      return Optional.of(Reason.MAX_EPOCHS);
    }
    if (stop.maxSteps() > 0 && step >= stop.maxSteps()) {
      return Optional.of(Reason.MAX_STEPS);
    }
    return Optional.empty();
  }

  private void report(
      Minibatch minibatch, Optional<Evaluation> full, Optional<Evaluation> heldOut, boolean atEnd) {
    boolean endOfEpoch = minibatch.lastOfEpoch();
    Optional<Evaluation> onTest =
        plan.sets().test().filter(t -> endOfEpoch || atEnd).map(session::evaluate);
    test = onTest.or(() -> test);
    listener.progress(
        new ProgressReport(
            step,
            step,
            epoch(),
            running.evaluation(),
            endOfEpoch,
            full,
            heldOut,
            onTest,
            session.learningRate(minibatch.epoch()),
            rate.perSecond(step)));
  }

  private void snapshot(List<String> reasons, OptionalDouble trainLoss) {
    listener.snapshot(
        new SnapshotTaken(
            step, epoch(), reasons, trainLoss, checks.resolution(), history(), session.weights()));
  }

  private TrainingState state() {
    return new TrainingState(
        session.weights(),
        session.optimiserState(),
        step,
        epochs,
        running,
        checks.lowest(),
        checks.resolution(),
        best,
        history);
  }

  private double epoch() {
    return (double) step / plan.batchesPerEpoch();
  }

  private void requireNext(Minibatch minibatch) {
    if (minibatch.sequence() != step) {
      throw new IllegalStateException(
          "sequence: " + minibatch.sequence() + " (expected: " + step + ")");
    }
  }

  private TrainingOutcome outcome(Reason reason) {
    return new TrainingOutcome(reason, describe(reason), step, epochs, train, test);
  }

  private String describe(Reason reason) {
    return switch (reason) {
      case TRAIN_LOSS_REACHED ->
          String.format(Locale.ROOT, "train-loss %.4g <= ", checks.lowest())
              + SnapshotReasons.plain(plan.stop().trainLoss().orElseThrow())
              + ", checked "
              + checks.resolution()
              + (checks.resolution() == 1 ? " time an epoch" : " times an epoch");
      case EARLY_STOPPED ->
          String.format(Locale.ROOT, "held-out loss not below %.4g for ", best.loss())
              + best.age(epochs)
              + (best.age(epochs) == 1 ? " epoch" : " epochs");
      case MAX_EPOCHS -> plan.stop().maxEpochs() + " epochs done";
      case MAX_STEPS -> plan.stop().maxSteps() + " steps done";
      case STOPPED -> "stopped on request after step " + step;
      case DIVERGED -> "the loss of step " + step + " is not a finite number";
    };
  }
}
