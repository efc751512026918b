package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gengap.compute.Backend;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.network.NetworkSpec;
import dev.gengap.training.StopRule.LossSource;
import dev.gengap.training.TrainingOutcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyStoppingTest {
  private static final int BATCH = 16;
  private static final int MAX_EPOCHS = 30;
  private static final NetworkSpec SPEC = TestNetworks.mlp(12, 3, 24);
  private static final TestExamples EXAMPLES = TestExamples.clusters(140, 12, 3);
  private static final TestExamples TRAINED = mislabelled(TestExamples.clusters(40, 12, 3));
  private static final SnapshotPolicy AT_BEST =
      new SnapshotPolicy(0, 0, false, List.of(), List.of(), true, false);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void run_patience_endsOnceSoManyEpochsAreNoBetter(int patience) throws InterruptedException {
    List<Double> losses = run(0).losses;
    int expected = endedBy(patience, losses);
    assertThat(expected).as("epochs until the loss rises").isLessThan(MAX_EPOCHS);

    Run stopped = run(patience);

    assertThat(stopped.outcome.reason()).isEqualTo(Reason.EARLY_STOPPED);
    assertThat(stopped.outcome.epochs()).isEqualTo(expected);
    assertThat(stopped.losses).isEqualTo(losses.subList(0, expected));
    assertThat(stopped.outcome.description())
        .startsWith("held-out loss not below ")
        .endsWith(" for " + patience + (patience == 1 ? " epoch" : " epochs"));
  }

  @Test
  void run_snapshotsAtTheBest_areTakenWheneverTheLossIsLowerThanBefore()
      throws InterruptedException {
    Run run = run(0);
    List<Long> expected = new ArrayList<>(List.of(0L));
    double lowest = Double.POSITIVE_INFINITY;
    for (int epoch = 1; epoch <= run.losses.size(); epoch++) {
      if (run.losses.get(epoch - 1) < lowest) {
        lowest = run.losses.get(epoch - 1);
        expected.add(3L * epoch);
      }
    }
    assertThat(run.snapshots).extracting(SnapshotTaken::step).isEqualTo(expected);
    assertThat(run.snapshots.get(1).reasons()).containsExactly("best");
  }

  @Test
  void plan_patienceWithoutHeldOutExamples_isRefused() {
    StopRule stop = new StopRule(OptionalDouble.empty(), LossSource.EPOCH_MEAN, 2, 9, 0);
    assertThatThrownBy(() -> new TrainingPlan(3, stop, AT_BEST, 0, EvaluationSets.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("heldOut: none (expected: some, to find the best on)");
  }

  /** The first epoch that ends {@code patience} in a row above the lowest loss before them. */
  private static int endedBy(int patience, List<Double> losses) {
    for (int epoch = patience + 1; epoch <= losses.size(); epoch++) {
      int since = epoch - patience;
      double before = lowest(losses.subList(0, since));
      if (before <= lowest(losses.subList(since, epoch))) {
        return epoch;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static double lowest(List<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** With every third label wrong, so that fitting them soon harms what is held out. */
  private static TestExamples mislabelled(TestExamples examples) {
    int[] labels = examples.labels().clone();
    for (int i = 0; i < labels.length; i += 3) {
      labels[i] = (labels[i] + 1) % 3;
    }
    return new TestExamples(examples.features(), examples.inputs(), labels);
  }

  private static Run run(int patience) throws InterruptedException {
    StopRule stop =
        new StopRule(OptionalDouble.empty(), LossSource.EPOCH_MEAN, patience, MAX_EPOCHS, 0);
    EvaluationSets sets =
        new EvaluationSets(Optional.empty(), Optional.of(EXAMPLES.from(40)), Optional.empty());
    TrainingPlan plan = new TrainingPlan(3, stop, AT_BEST, 1, sets);
    Hyperparameters sgd =
        new Hyperparameters(BATCH, LearningRate.constant(0.2), new UpdateRule.Sgd(0.9, false, 0));
    Run run = new Run();
    try (Backend backend = Nd4jBackend.create(1);
        TrainingSession session =
            new TrainingSession(backend, SPEC, sgd, TestNetworks.initial(SPEC))) {
      run.outcome = new TrainingLoop(plan, session, TRAINED.minibatches(BATCH, 0), run).run();
    }
    return run;
  }

  /** Keeps the held-out losses and the snapshots. */
  private static final class Run implements TrainingListener {
    private final List<Double> losses = new ArrayList<>();
    private final List<SnapshotTaken> snapshots = new ArrayList<>();
    private TrainingOutcome outcome;

    @Override
    public void progress(ProgressReport report) {
      assertThat(report.heldOut().isPresent()).isEqualTo(report.endOfEpoch());
      report.heldOut().ifPresent(found -> losses.add(found.loss()));
    }

    @Override
    public void snapshot(SnapshotTaken snapshot) {
      snapshots.add(snapshot);
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
