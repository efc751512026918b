package dev.gengap.compute.conformance;

import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.conformance.Fixture.Outcome;
import dev.gengap.compute.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimisers over several steps, from no state and from that of a resumed run. */
public abstract class UpdateConformance extends ConformanceBase {
  private static final int STEPS = 3;

  /** Updates a fixture's weights, and tells after each step what became of all. */
  private record Update(String name, Function<Fixture, List<List<Outcome>>> run) {}

  /** An update in one precision and placement. */
  record Trial(Update update, Precision precision, Placement placement) {
    @Override
    public String toString() {
      return update.name() + " " + precision + " " + placement;
    }
  }

  final Stream<Trial> trials() {
    return updates()
        .flatMap(
            update ->
                precisions()
                    .flatMap(
                        precision ->
                            Arrays.stream(Placement.values())
                                .map(placement -> new Trial(update, precision, placement))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trials")
  void update_severalSteps_movesStateAndWeights(Trial trial) {
    List<List<Outcome>> expected;
    try (ReferenceBackend reference = new ReferenceBackend();
        Workspace workspace = reference.newWorkspace(Precision.FLOAT64)) {
      expected = trial.update().run().apply(new Fixture(workspace, trial.placement()));
    }
    Workspace workspace = workspace(trial.precision());
    List<List<Outcome>> actual =
        trial.update().run().apply(new Fixture(workspace, trial.placement()));
    for (int step = 0; step < expected.size(); step++) {
      for (int i = 0; i < expected.get(step).size(); i++) {
        String name = trial + ", step " + step + ": " + expected.get(step).get(i).name();
        Numbers.assertConforms(
            name, actual.get(step).get(i), expected.get(step).get(i), trial.precision());
      }
    }
  }

  private static Stream<Update> updates() {
    List<int[]> shapes =
        List.of(new int[] {1}, new int[] {7, 3}, new int[] {5, 3, 3, 3}, new int[] {3, 1031});
    Stream<Update> rules =
        rules()
            .flatMap(
                rule ->
                    Stream.concat(
                        shapes.stream().map(shape -> update(rule, shape)),
                        Stream.of(resumed(rule))));
    Stream<Update> sgd =
        shapes.stream().flatMap(shape -> Stream.of(sgd(shape, 0), sgd(shape, 0.25)));
    return Stream.concat(rules, sgd);
  }

  private static Stream<UpdateRule> rules() {
    return Stream.of(
        new UpdateRule.Sgd(0, false, 0),
        new UpdateRule.Sgd(0.9, false, 0),
        new UpdateRule.Sgd(0.9, false, 0.1),
        new UpdateRule.Sgd(0.9, true, 0),
        new UpdateRule.Sgd(0.9, true, 0.1),
        new UpdateRule.Adam(0.9, 0.999, 1e-8, 0, false),
        new UpdateRule.Adam(0.8, 0.99, 1e-3, 0.1, false),
        new UpdateRule.Adam(0.9, 0.999, 1e-8, 0.1, true),
        new UpdateRule.Adam(0, 0, 1e-8, 0, true),
        new UpdateRule.RmsProp(0.99, 1e-8, 0, 0),
        new UpdateRule.RmsProp(0.9, 1e-3, 0.9, 0.1));
  }

  private static Update update(UpdateRule rule, int... shape) {
    return new Update(
        rule + " " + Arrays.toString(shape), f -> steps(f, rule, Contents.ZERO, 1, shape));
  }

  private static Update resumed(UpdateRule rule) {
    return new Update(rule + " resumed", f -> steps(f, rule, Contents.POSITIVE, 1000, 4, 5));
  }

  private static List<List<Outcome>> steps(
      Fixture f, UpdateRule rule, Contents before, int firstStep, int... shape) {
    Tensor weights = f.parameter("weights", shape);
    Tensor gradient = f.scratch("gradient", shape);
    List<Tensor> state =
        IntStream.range(0, rule.stateVectors())
            .mapToObj(i -> f.parameter("state " + i, before, shape))
            .toList();
    ParameterUpdate update = f.workspace().prepareUpdate(rule, weights, gradient, state);
    List<List<Outcome>> outcomes = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      gradient.write(gradient(step, gradient.size()), gradient.size());
      update.run(0.1 / (step + 1), firstStep + step);
      outcomes.add(f.outcomes());
    }
    return outcomes;
  }

  /** Another one for each step; some numbers are 0. */
  private static double[] gradient(int step, int size) {
    return IntStream.range(0, size)
        .mapToDouble(i -> i % 5 == 4 ? 0 : Contents.ORDINARY.at(100 + step, i))
        .toArray();
  }

  private static Update sgd(int[] shape, double weightDecay) {
    return new Update(
        "SGD on a velocity " + Arrays.toString(shape) + " weight decay " + weightDecay,
        f -> {
          Tensor weights = f.parameter("weights", shape);
          Tensor velocity = f.parameter("velocity", shape);
          SgdUpdate update = f.workspace().prepareSgdUpdate(weights, velocity, weightDecay);
          List<List<Outcome>> outcomes = new ArrayList<>();
          for (int step = 0; step < STEPS; step++) {
            update.run(0.1 / (step + 1));
            outcomes.add(f.outcomes());
          }
          return outcomes;
        });
  }
}
