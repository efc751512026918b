package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.network.NetworkSpec;
import dev.gengap.training.SnapshotPolicy.Refinement;
import dev.gengap.training.StopRule.LossSource;
import dev.gengap.training.TrainingOutcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
  private static final int BATCH = 16;
  private static final NetworkSpec SPEC = TestNetworks.mlp(12, 3, 24);
  private static final TestExamples EXAMPLES = TestExamples.clusters(100, 12, 3);
  private static final SnapshotPolicy NO_SNAPSHOTS =
      new SnapshotPolicy(0, 0, false, List.of(), List.of(), false);

  private final Recorder recorder = new Recorder();
  private Backend backend;
  private TrainingSession session;

  @BeforeEach
  void open() {
    backend = Nd4jBackend.create(1);
    session = newSession(0.1);
  }

  @AfterEach
  void close() {
    session.close();
    backend.close();
  }

  @Test
  void run_maxEpochs_reportsEachEpochAndEnds() throws InterruptedException {
    TrainingOutcome outcome = loop(plan(stop(3, 0), NO_SNAPSHOTS)).run();
    assertThat(outcome.reason()).isEqualTo(Reason.MAX_EPOCHS);
    assertThat(outcome.steps()).isEqualTo(21);
    assertThat(outcome.epochs()).isEqualTo(3);
    assertThat(recorder.reports).extracting(ProgressReport::step).containsExactly(7L, 14L, 21L);
    assertThat(recorder.reports).allMatch(ProgressReport::endOfEpoch);
    assertThat(recorder.reports).allMatch(r -> r.test().isPresent() && r.fullTrain().isEmpty());
    assertThat(recorder.reports.get(2).epoch()).isEqualTo(3);
    assertThat(recorder.reports.get(2).learningRate()).isCloseTo(0.1 * 0.81, within(1e-12));
    assertThat(recorder.reasons()).containsExactly("0 [start]");
    assertThat(outcome.train()).contains(recorder.reports.get(2).running());
    assertThat(outcome.test()).isEqualTo(recorder.reports.get(2).test());
  }

  @Test
  void run_maxStepsWithinAnEpoch_endsThere() throws InterruptedException {
    SnapshotPolicy policy = new SnapshotPolicy(5, 1, true, List.of(), List.of(), true);
    TrainingPlan plan =
        new TrainingPlan(7, stop(0, 10), policy, 3, Optional.empty(), Optional.of(EXAMPLES));
    TrainingOutcome outcome = loop(plan).run();
    assertThat(outcome.reason()).isEqualTo(Reason.MAX_STEPS);
    assertThat(outcome.test()).isPresent();
    assertThat(recorder.reports)
        .extracting(ProgressReport::step)
        .containsExactly(3L, 6L, 7L, 9L, 10L);
    assertThat(recorder.reasons())
        .containsExactly(
            "0 [start]",
            "1 [log-spaced]",
            "2 [log-spaced]",
            "4 [log-spaced]",
            "5 [every 5 steps]",
            "7 [every 1 epochs]",
            "8 [log-spaced]",
            "10 [every 5 steps, end]");
    assertThat(recorder.snapshots.get(0).trainLoss()).isEmpty();
    assertThat(recorder.snapshots.get(5).trainLoss()).isPresent();
  }

  @Test
  void run_fullLossBelowThreshold_endsAtTheFirstCheckThatFindsIt() throws InterruptedException {
    SnapshotPolicy policy =
        new SnapshotPolicy(0, 0, false, List.of(0.5, 0.02), List.of(new Refinement(0.5, 4)), true);
    StopRule rule = new StopRule(OptionalDouble.of(0.02), LossSource.FULL, 200, 0);
    TrainingPlan plan =
        new TrainingPlan(7, rule, policy, 0, Optional.of(EXAMPLES), Optional.empty());
    TrainingOutcome outcome = loop(plan).run();
    assertThat(outcome.reason()).isEqualTo(Reason.TRAIN_LOSS_REACHED);
    assertThat(outcome.description()).contains("<= 0.02, checked 4 times an epoch");
    Evaluation last = outcome.train().orElseThrow();
    assertThat(last.loss()).isLessThanOrEqualTo(0.02);
    assertThat(session.evaluate(EXAMPLES)).isEqualTo(last);
    List<Evaluation> checks =
        recorder.reports.stream().flatMap(r -> r.fullTrain().stream()).toList();
    assertThat(checks.subList(0, checks.size() - 1)).allMatch(e -> e.loss() > 0.02);
    assertThat(recorder.snapshots).hasSize(3);
    assertThat(recorder.snapshots.get(1).reasons()).containsExactly("train-loss <= 0.5");
    assertThat(recorder.snapshots.get(1).checksPerEpoch()).isEqualTo(1);
    assertThat(recorder.snapshots.get(2).reasons()).containsExactly("train-loss <= 0.02", "end");
    assertThat(recorder.snapshots.get(2).checksPerEpoch()).isEqualTo(4);
    assertThat(recorder.snapshots.get(2).trainLoss()).hasValue(last.loss());
  }

  @Test
  void resume_fromTheEndOfAnEpoch_isTheUndisturbedRunBitForBit() throws InterruptedException {
    SnapshotPolicy policy =
        new SnapshotPolicy(0, 2, false, List.of(0.5, 0.2), List.of(new Refinement(0.5, 2)), true);
    StopRule rule = new StopRule(OptionalDouble.of(0.01), LossSource.FULL, 12, 0);
    TrainingPlan plan =
        new TrainingPlan(7, rule, policy, 2, Optional.of(EXAMPLES), Optional.of(EXAMPLES));
    TrainingOutcome whole = loop(plan).run();
    for (TrainingState state : recorder.states) {
      Recorder second = new Recorder();
      try (TrainingSession other = newSession(0.1)) {
        MinibatchSource source = EXAMPLES.minibatches(BATCH, state.step());
        TrainingOutcome rest = new TrainingLoop(plan, other, source, second).resume(state);
        assertThat(WeightBits.of(other.weights())).isEqualTo(WeightBits.of(session.weights()));
        assertThat(WeightBits.of(other.velocity())).isEqualTo(WeightBits.of(session.velocity()));
        assertThat(rest.reason()).isEqualTo(whole.reason());
        assertThat(rest.steps()).isEqualTo(whole.steps());
        assertThat(second.reasons()).isEqualTo(recorder.reasonsAfter(state.step()));
        assertThat(second.losses()).isEqualTo(recorder.lossesAfter(state.step()));
      }
    }
    assertThat(recorder.states).hasSize(whole.epochs() - 1);
  }

  @Test
  void run_stopRequested_endsWithoutTheEndsSnapshot() throws InterruptedException {
    recorder.stopAfterReports = 1;
    SnapshotPolicy policy = new SnapshotPolicy(0, 0, false, List.of(), List.of(), true);
    TrainingOutcome outcome = loop(plan(stop(5, 0), policy)).run();
    assertThat(outcome.reason()).isEqualTo(Reason.STOPPED);
    assertThat(outcome.steps()).isEqualTo(7);
    assertThat(recorder.reasons()).containsExactly("0 [start]");
  }

  @Test
  void run_lossOverflows_endsAsDiverged() throws InterruptedException {
    try (TrainingSession wild = newSession(1e30)) {
      TrainingPlan plan = plan(stop(5, 0), NO_SNAPSHOTS);
      MinibatchSource source = EXAMPLES.minibatches(BATCH, 0);
      TrainingOutcome outcome = new TrainingLoop(plan, wild, source, recorder).run();
      assertThat(outcome.reason()).isEqualTo(Reason.DIVERGED);
      assertThat(outcome.description()).endsWith("is not a finite number");
    }
  }

  @Test
  void run_gapInTheSequence_fails() {
    TrainingLoop loop =
        new TrainingLoop(
            plan(stop(1, 0), NO_SNAPSHOTS), session, EXAMPLES.minibatches(BATCH, 1), recorder);
    assertThatThrownBy(loop::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("sequence: 1 (expected: 0)");
  }

  @Test
  void plan_fullLossWithoutATrainingSet_isRefused() {
    StopRule rule = new StopRule(OptionalDouble.empty(), LossSource.FULL, 1, 0);
    assertThatThrownBy(
            () -> new TrainingPlan(1, rule, NO_SNAPSHOTS, 0, Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private TrainingLoop loop(TrainingPlan plan) {
    return new TrainingLoop(plan, session, EXAMPLES.minibatches(BATCH, 0), recorder);
  }

  private TrainingSession newSession(double learningRate) {
    Hyperparameters sgd = new Hyperparameters(BATCH, learningRate, 0.9, 1e-4, 0.9);
    return new TrainingSession(backend, SPEC, sgd, TestNetworks.initial(SPEC));
  }

  private static StopRule stop(int maxEpochs, long maxSteps) {
    return new StopRule(OptionalDouble.empty(), LossSource.EPOCH_MEAN, maxEpochs, maxSteps);
  }

  private static TrainingPlan plan(StopRule stop, SnapshotPolicy snapshots) {
    return new TrainingPlan(7, stop, snapshots, 0, Optional.empty(), Optional.of(EXAMPLES));
  }

  /** Keeps all that a loop says. */
  private static final class Recorder implements TrainingListener {
    private final List<ProgressReport> reports = new ArrayList<>();
    private final List<SnapshotTaken> snapshots = new ArrayList<>();
    private final List<TrainingState> states = new ArrayList<>();
    private int stopAfterReports = Integer.MAX_VALUE;

    @Override
    public void progress(ProgressReport report) {
      reports.add(report);
    }

    @Override
    public void snapshot(SnapshotTaken snapshot) {
      snapshots.add(snapshot);
    }

    @Override
    public void resumable(Supplier<TrainingState> state) {
      states.add(state.get());
    }

    @Override
    public boolean stopRequested() {
      return reports.size() >= stopAfterReports;
    }

    List<String> reasons() {
      return reasonsAfter(-1);
    }

    List<String> reasonsAfter(long step) {
      return snapshots.stream()
          .filter(s -> s.step() > step)
          .map(s -> s.step() + " " + s.reasons())
          .toList();
    }

    List<Evaluation> losses() {
      return lossesAfter(-1);
    }

    List<Evaluation> lossesAfter(long step) {
      return reports.stream().filter(r -> r.step() > step).map(ProgressReport::running).toList();
    }
  }
}
