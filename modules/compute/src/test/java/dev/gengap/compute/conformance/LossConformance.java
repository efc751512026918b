package dev.gengap.compute.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.reference.ReferenceBackend;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Softmax cross-entropy and its gradient. */
public abstract class LossConformance extends ConformanceBase {
  private static final Contents LOGITS = (id, index) -> 8 * Contents.ORDINARY.at(id, index);
  private static final Contents TIES = (id, index) -> 5 * Contents.TIES.at(id, index);

  /** Logits (rows, classes) in one precision and placement. */
  record Trial(Contents logits, int rows, int classes, Precision precision, Placement placement) {
    @Override
    public String toString() {
      String kind = logits == TIES ? "ties" : "logits";
      return "%s (%d, %d) %s %s".formatted(kind, rows, classes, precision, placement);
    }
  }

  final Stream<Trial> trials() {
    List<int[]> sizes =
        List.of(
            new int[] {1, 1},
            new int[] {1, 3},
            new int[] {5, 2},
            new int[] {128, 10},
            new int[] {7, 33});
    return precisions()
        .flatMap(
            precision ->
                sizes.stream()
                    .flatMap(
                        s ->
                            Arrays.stream(Placement.values())
                                .flatMap(
                                    p ->
                                        Stream.of(LOGITS, TIES)
                                            .map(c -> new Trial(c, s[0], s[1], precision, p)))));
  }

  /** What a loss told. */
  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  private record Result(double sum, double[] losses, int correct, List<Fixture.Outcome> tensors) {}

  @ParameterizedTest(name = "{0}")
  @MethodSource("trials")
  void crossEntropy_logits_givesLossesAndGradientOfTheMean(Trial trial) {
    Result expected;
    try (ReferenceBackend reference = new ReferenceBackend();
        Workspace workspace = reference.newWorkspace(Precision.FLOAT64)) {
      expected = run(trial, workspace);
    }
    Result actual = run(trial, workspace(trial.precision()));
    double tolerance =
        Numbers.tolerance(trial.precision(), Numbers.magnitude(Arrays.stream(expected.losses())));
    Numbers.assertClose("losses", actual.losses(), expected.losses(), tolerance);
    assertThat(actual.sum()).isCloseTo(expected.sum(), within(tolerance * trial.rows()));
    assertThat(actual.correct()).isEqualTo(expected.correct());
    for (int i = 0; i < expected.tensors().size(); i++) {
      Fixture.Outcome tensor = expected.tensors().get(i);
      Numbers.assertConforms(
          trial + ": " + tensor.name(), actual.tensors().get(i), tensor, trial.precision());
    }
  }

  /** The second run counts: nothing of the first, with other labels, may be left. */
  private static Result run(Trial trial, Workspace workspace) {
    Fixture fixture = new Fixture(workspace, trial.placement());
    Tensor logits = fixture.batch("logits", trial.logits(), trial.rows(), trial.classes());
    Tensor gradient = fixture.batch("gradient", Contents.UNSET, trial.rows(), trial.classes());
    CrossEntropy loss = workspace.prepareCrossEntropy(logits, gradient);
    loss.run(new int[trial.rows()]);
    int[] labels = new int[trial.rows() + 2];
    Arrays.setAll(labels, i -> (i * 7 + 1) % trial.classes());
    loss.run(labels);
    double[] losses = new double[trial.rows()];
    loss.readLosses(losses);
    return new Result(loss.lossSum(), losses, loss.correct(), fixture.outcomes());
  }

  @Test
  void crossEntropy_gradient_isThatOfFiniteDifferences() {
    assumeThat(precisions()).as("precisions").contains(Precision.FLOAT64);
    Workspace workspace = workspace(Precision.FLOAT64);
    Fixture fixture = new Fixture(workspace, Placement.WHOLE);
    Tensor logits = fixture.batch("logits", 3, 4);
    Tensor gradient = fixture.batch("gradient", Contents.UNSET, 3, 4);
    CrossEntropy loss = workspace.prepareCrossEntropy(logits, gradient);
    int[] labels = {2, 0, 2};
    loss.run(labels);
    double[] found = Numbers.of(gradient);
    double[] values = Numbers.of(logits);
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double h = 1e-5;
      differences[i] =
          (meanLoss(loss, labels, logits, moved(values, i, h))
                  - meanLoss(loss, labels, logits, moved(values, i, -h)))
              / (2 * h);
    }
    Numbers.assertClose("gradient", found, differences, 1e-7);
  }

  private static double[] moved(double[] values, int index, double by) {
    double[] result = values.clone();
    result[index] += by;
    return result;
  }

  private static double meanLoss(CrossEntropy loss, int[] labels, Tensor logits, double[] values) {
    logits.write(values, values.length);
    loss.run(labels);
    return loss.lossSum() / labels.length;
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void crossEntropy_hugeLogits_staysFinite(Precision precision) {
    Fixture fixture = new Fixture(workspace(precision), Placement.WHOLE);
    Contents huge = (id, index) -> index % 2 == 0 ? 1e4 : -1e4;
    Tensor gradient = fixture.batch("gradient", Contents.UNSET, 2, 2);
    CrossEntropy loss =
        workspace(precision).prepareCrossEntropy(fixture.batch("logits", huge, 2, 2), gradient);
    loss.run(new int[] {0, 1});
    assertThat(loss.lossSum()).isEqualTo(2e4);
    assertThat(Numbers.of(gradient)).containsExactly(0, 0, 0.5, -0.5);
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void crossEntropy_logitThatIsNoNumber_hasNoLoss(Precision precision) {
    Fixture fixture = new Fixture(workspace(precision), Placement.WHOLE);
    Contents broken = (id, index) -> index == 4 ? Double.NaN : index;
    CrossEntropy loss =
        workspace(precision)
            .prepareCrossEntropy(
                fixture.batch("logits", broken, 2, 3), fixture.batch("gradient", 2, 3));
    loss.run(new int[] {0, 2});
    assertThat(loss.lossSum()).isNaN();
  }

  @ParameterizedTest
  @MethodSource("precisions")
  void crossEntropy_labelsThatDoNotFit_areRefused(Precision precision) {
    Fixture fixture = new Fixture(workspace(precision), Placement.WHOLE);
    CrossEntropy loss =
        workspace(precision)
            .prepareCrossEntropy(fixture.batch("logits", 2, 3), fixture.batch("gradient", 2, 3));
    assertThatThrownBy(() -> loss.run(new int[] {0, 3})).hasMessage("label: 3 (expected: 0 … 2)");
    assertThatThrownBy(() -> loss.run(new int[] {-1, 0})).hasMessage("label: -1 (expected: 0 … 2)");
    assertThatThrownBy(() -> loss.run(new int[] {0})).isInstanceOf(IllegalArgumentException.class);
  }
}
