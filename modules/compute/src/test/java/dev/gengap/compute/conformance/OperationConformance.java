package dev.gengap.compute.conformance;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gengap.compute.Operation;
import dev.gengap.compute.Precision;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.conformance.Fixture.Outcome;
import dev.gengap.compute.reference.ReferenceBackend;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases of one family of operations: each gives what the reference gives, in every precision and
 * placement, prepared together and one by one, and the same bits each time; and each gradient is
 * that of finite differences.
 */
abstract class OperationConformance extends ConformanceBase {

  /** A case in one precision and placement. */
  record Trial(Case values, Precision precision, Placement placement) {
    @Override
    public String toString() {
      return values + " " + precision + " " + placement;
    }
  }

  /** Cases of values alone. */
  abstract Stream<Case> valueCases();

  /** Cases with gradients. */
  abstract Stream<GradientCase> gradientCases();

  final Stream<Trial> trials() {
    return Stream.concat(gradientCases().map(GradientCase::values), valueCases())
        .flatMap(
            values ->
                precisions()
                    .flatMap(
                        precision ->
                            Arrays.stream(Placement.values())
                                .map(placement -> new Trial(values, precision, placement))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trials")
  void operations_everyCase_giveWhatTheReferenceGives(Trial trial) {
    List<Outcome> expected = reference(trial);
    Workspace workspace = workspace(trial.precision());
    Fixture fixture = new Fixture(workspace, trial.placement());
    List<TensorOperation> operations = trial.values().operations().apply(fixture);
    Operation together = workspace.prepare(operations);
    together.run();
    List<Outcome> first = fixture.outcomes();
    assertConform(trial, first, expected);

    fixture.restore();
    together.run();
    List<Outcome> second = fixture.outcomes();
    for (int i = 0; i < first.size(); i++) {
      Numbers.assertClose(
          trial + ", run again: " + first.get(i).name(),
          second.get(i).after(),
          first.get(i).after(),
          0);
    }
    if (operations.size() > 1) {
      fixture.restore();
      operations.forEach(operation -> workspace.prepare(operation).run());
      assertConform(trial, fixture.outcomes(), expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gradientCases")
  void gradients_everyCase_areThoseOfFiniteDifferences(GradientCase gradient) {
    assumeThat(precisions()).as("precisions").contains(Precision.FLOAT64);
    Workspace workspace = workspace(Precision.FLOAT64);
    Fixture fixture = new Fixture(workspace, Placement.WHOLE);
    new FiniteDifferences(workspace, gradient.function().apply(fixture)).check(gradient.name());
  }

  private static List<Outcome> reference(Trial trial) {
    try (ReferenceBackend backend = new ReferenceBackend();
        Workspace workspace = backend.newWorkspace(Precision.FLOAT64)) {
      Fixture fixture = new Fixture(workspace, trial.placement());
      workspace.prepare(trial.values().operations().apply(fixture)).run();
      return fixture.outcomes();
    }
  }

  private static void assertConform(Trial trial, List<Outcome> actual, List<Outcome> expected) {
    for (int i = 0; i < expected.size(); i++) {
      Numbers.assertConforms(
          trial + ": " + expected.get(i).name(), actual.get(i), expected.get(i), trial.precision());
    }
  }
}
