package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.network.Initialiser;
import dev.gengap.network.NetworkSpec;
import dev.gengap.training.SnapshotPolicy.Refinement;
import dev.gengap.training.StopRule.LossSource;
import dev.gengap.training.TrainingOutcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingLoopTest {
  private static final int BATCH = 16;
  private static final NetworkSpec SPEC = TestNetworks.mlp(12, 3, 24);
  private static final TestExamples EXAMPLES = TestExamples.clusters(100, 12, 3);
  private static final SnapshotPolicy NO_SNAPSHOTS =
      new SnapshotPolicy(0, 0, false, List.of(), List.of(), false, false);
  private static final TestExamples HELD_OUT = TestExamples.clusters(140, 12, 3).from(100);
  private static final EvaluationSets TEST_ONLY =
      new EvaluationSets(Optional.empty(), Optional.empty(), Optional.of(EXAMPLES));
  private static final EvaluationSets EVERY_SET =
      new EvaluationSets(Optional.of(EXAMPLES), Optional.of(HELD_OUT), Optional.of(EXAMPLES));
  private static final long DROPOUT_SEED = 5;
  private static final UpdateRule SGD = new UpdateRule.Sgd(0.9, false, 1e-4);

  private final Recorder recorder = new Recorder();
  private Backend backend;
  private TrainingSession session;

  @BeforeEach
  void open() {
    backend = Nd4jBackend.create(1);
    session = newSession(SPEC, SGD, 0.1);
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
    SnapshotPolicy policy = new SnapshotPolicy(5, 1, true, List.of(), List.of(), false, true);
    TrainingPlan plan = new TrainingPlan(7, stop(0, 10), policy, 3, TEST_ONLY);
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
    assertThat(recorder.snapshots).allMatch(s -> s.history().isEmpty());
  }

  @Test
  void run_fullLossBelowThreshold_endsAtTheFirstCheckThatFindsIt() throws InterruptedException {
    SnapshotPolicy policy =
        new SnapshotPolicy(
            0, 0, false, List.of(0.5, 0.02), List.of(new Refinement(0.5, 4)), false, true);
    StopRule rule = new StopRule(OptionalDouble.of(0.02), LossSource.FULL, 0, 200, 0);
    TrainingPlan plan = new TrainingPlan(7, rule, policy, 0, EVERY_SET);
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
    assertThat(recorder.snapshots.get(0).history()).contains(TrainingHistory.NONE);
    TrainingHistory history = recorder.lastHistory();
    assertThat(history.evaluations()).isEqualTo(checks.size());
    assertThat(history.firstSteps().get(0.1)).isEqualTo(firstStepAtOrBelow(0.1));
    assertThat(history.firstSteps()).doesNotContainKey(0.01);
    assertThat(history.examples()).filteredOn(ExampleHistory::fitted).hasSize(fitted(last));
  }

  private long firstStepAtOrBelow(double loss) {
    return recorder.reports.stream()
        .filter(r -> r.fullTrain().stream().anyMatch(full -> full.loss() <= loss))
        .mapToLong(ProgressReport::step)
        .findFirst()
        .orElseThrow();
  }

  private static int fitted(Evaluation found) {
    return (int) Math.round(found.accuracy() * EXAMPLES.size());
  }

  static Stream<UpdateRule> rules() {
    return Stream.of(
        SGD,
        new UpdateRule.Sgd(0.9, true, 1e-4),
        new UpdateRule.Adam(0.9, 0.999, 1e-8, 1e-4, false),
        new UpdateRule.Adam(0.9, 0.999, 1e-8, 1e-2, true),
        new UpdateRule.RmsProp(0.99, 1e-8, 0.5, 1e-4));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void resume_afterAnyStep_isTheUndisturbedRunBitForBit(UpdateRule rule)
      throws InterruptedException {
    assertResumesBitForBit(SPEC, rule);
  }

  @Test
  void resume_batchNormAndDropout_isTheUndisturbedRunBitForBit() throws InterruptedException {
    assertResumesBitForBit(
        TestNetworks.withBatchNormAndDropout(12, 3, 24),
        new UpdateRule.Adam(0.9, 0.999, 1e-8, 0, false));
  }

  private void assertResumesBitForBit(NetworkSpec spec, UpdateRule rule)
      throws InterruptedException {
    SnapshotPolicy policy =
        new SnapshotPolicy(
            3, 2, false, List.of(0.5, 0.2), List.of(new Refinement(0.5, 2)), true, true);
    StopRule stop = new StopRule(OptionalDouble.of(0.001), LossSource.FULL, 6, 12, 0);
    TrainingPlan plan = new TrainingPlan(7, stop, policy, 2, EVERY_SET);
    double learningRate = rule instanceof UpdateRule.Sgd ? 0.1 : 0.01;
    try (TrainingSession undisturbed = newSession(spec, rule, learningRate)) {
      TrainingOutcome whole =
          new TrainingLoop(plan, undisturbed, EXAMPLES.minibatches(BATCH, 0), recorder).run();
      for (TrainingState state : recorder.states) {
        Recorder second = new Recorder();
        try (TrainingSession other = newSession(spec, rule, learningRate)) {
          MinibatchSource source = EXAMPLES.minibatches(BATCH, state.step());
          TrainingOutcome rest = new TrainingLoop(plan, other, source, second).resume(state);
          assertThat(bits(other)).isEqualTo(bits(undisturbed));
          assertThat(rest.reason()).isEqualTo(whole.reason());
          assertThat(rest.steps()).isEqualTo(whole.steps());
          assertThat(second.reasons()).isEqualTo(recorder.reasonsAfter(state.step()));
          assertThat(second.checksAfter(0)).isEqualTo(recorder.checksAfter(state.step()));
          assertThat(second.losses()).isEqualTo(recorder.lossesAfter(state.step()));
          assertThat(second.lastHistory()).isEqualTo(recorder.lastHistory());
        }
      }
      assertThat(recorder.states).hasSize((int) whole.steps() - 1);
    }
  }

  private static List<List<List<Integer>>> bits(TrainingSession session) {
    List<List<List<Integer>>> bits = new ArrayList<>(List.of(WeightBits.of(session.weights())));
    session.optimiserState().forEach(vector -> bits.add(WeightBits.of(vector)));
    return bits;
  }

  @Test
  void restore_stateOfAnotherRule_isRefused() {
    assertThatThrownBy(() -> session.restore(session.weights(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimiser state: 0 vectors (expected: 1)");
  }

  @Test
  void run_stopRequested_endsWithoutTheEndsSnapshot() throws InterruptedException {
    recorder.stopAfterReports = 1;
    SnapshotPolicy policy = new SnapshotPolicy(0, 0, false, List.of(), List.of(), false, true);
    TrainingOutcome outcome = loop(plan(stop(5, 0), policy)).run();
    assertThat(outcome.reason()).isEqualTo(Reason.STOPPED);
    assertThat(outcome.steps()).isEqualTo(7);
    assertThat(recorder.reasons()).containsExactly("0 [start]");
  }

  @Test
  void run_nobodyWantsMore_endsWhereItCanBeResumed() throws InterruptedException {
    MinibatchSource all = EXAMPLES.minibatches(BATCH, 0);
    MinibatchSource ten =
        new MinibatchSource() {
          private int left = 10;

          @Override
          public boolean hasNext() {
            return left > 0;
          }

          @Override
          public Minibatch next() throws InterruptedException {
            left--;
            return all.next();
          }
        };
    TrainingOutcome outcome =
        new TrainingLoop(plan(stop(5, 0), NO_SNAPSHOTS), session, ten, recorder).run();

    assertThat(outcome.reason()).isEqualTo(Reason.STOPPED);
    TrainingState last = recorder.states.get(recorder.states.size() - 1);
    assertThat(last.step()).isEqualTo(10);
    assertThat(last.running().batches()).isEqualTo(3);
  }

  @Test
  void run_lossOverflows_endsAsDiverged() throws InterruptedException {
    try (TrainingSession wild = newSession(SPEC, SGD, 1e30)) {
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
    StopRule rule = new StopRule(OptionalDouble.empty(), LossSource.FULL, 0, 1, 0);
    assertThatThrownBy(() -> new TrainingPlan(1, rule, NO_SNAPSHOTS, 0, EvaluationSets.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private TrainingLoop loop(TrainingPlan plan) {
    return new TrainingLoop(plan, session, EXAMPLES.minibatches(BATCH, 0), recorder);
  }

  private TrainingSession newSession(NetworkSpec spec, UpdateRule rule, double learningRate) {
    Hyperparameters hyperparameters =
        new Hyperparameters(BATCH, LearningRate.decaying(learningRate, 0.9), rule);
    return new TrainingSession(
        backend,
        spec,
        hyperparameters,
        Initialiser.FAN_IN_UNIFORM.initialise(spec, 3),
        DROPOUT_SEED);
  }

  private static StopRule stop(int maxEpochs, long maxSteps) {
    return new StopRule(OptionalDouble.empty(), LossSource.EPOCH_MEAN, 0, maxEpochs, maxSteps);
  }

  private static TrainingPlan plan(StopRule stop, SnapshotPolicy snapshots) {
    return new TrainingPlan(7, stop, snapshots, 0, TEST_ONLY);
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
    public void resumable(long at, boolean endOfEpoch, Supplier<TrainingState> state) {
      states.add(state.get());
      assertThat(states.get(states.size() - 1).step()).isEqualTo(at);
      assertThat(endOfEpoch).isEqualTo(at % 7 == 0);
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

    List<Integer> checksAfter(long step) {
      return snapshots.stream()
          .filter(s -> s.step() > step)
          .map(SnapshotTaken::checksPerEpoch)
          .toList();
    }

    TrainingHistory lastHistory() {
      return snapshots.get(snapshots.size() - 1).history().orElseThrow();
    }

    List<Evaluation> losses() {
      return lossesAfter(-1);
    }

    List<Evaluation> lossesAfter(long step) {
      return reports.stream().filter(r -> r.step() > step).map(ProgressReport::running).toList();
    }
  }
}
