package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.compute.Precision;
import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.data.Examples;
import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.Differentiator;
import dev.gengap.network.Evaluator;
import dev.gengap.network.NetworkRuntime;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.BackendRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotMeasuresTest {
  private static final float[][][] MATRICES = {{{1, 2}, {0, 1}}, {{1, -1}, {2, 0}}};
  private static final Examples DATA =
      new ArrayExamples(new float[][] {{1, 1}, {0, 2}}, new int[] {1, 1});

  @Test
  void run_measureThatThrows_harmsOnlyItsOwnResult() {
    List<Measure> measures =
        List.of(
            measure("throws", context -> exact(List.<Double>of().get(0))),
            measure("overflows", context -> exact(1 / 0.0)),
            measure("no_number", context -> new MeasuredValue.PerLayer(List.of(1.0, Double.NaN))),
            measure("recurses", SnapshotMeasuresTest::recurse),
            measure("undeclared", context -> exact(context.train().size())),
            measure("sound", context -> exact(context.lnPathSum(2))));
    Map<String, Outcome> outcomes =
        SmallNetworks.outcomes(SmallNetworks.snapshot(MATRICES), measures);
    assertThat(outcomes.get("throws")).isInstanceOf(Outcome.Failed.class);
    assertThat(outcomes.get("overflows"))
        .isEqualTo(new Outcome.Failed("value: Infinity (expected: a finite number)"));
    assertThat(outcomes.get("no_number"))
        .isEqualTo(new Outcome.Failed("value: NaN (expected: a finite number)"));
    assertThat(outcomes.get("recurses"))
        .isEqualTo(new Outcome.Failed("java.lang.StackOverflowError"));
    assertThat(outcomes.get("undeclared").toString()).contains("TRAIN_OUTPUTS: absent");
    assertThat(outcomes.get("sound")).isInstanceOf(Outcome.Measured.class);
  }

  @Test
  void run_allMeasuresOfTheSets_takesOneForwardPassForEach() {
    CountingRuntime runtime = new CountingRuntime(false);
    List<Measure> measures = new ArrayList<>(Catalogue.builtIn().all());
    measures.removeAll(Catalogue.builtIn().named(List.of("representation"))); // of other inputs
    List<MeasureResult> results = SnapshotMeasures.run(measures, withData(MATRICES), runtime);
    assertThat(runtime.passes).isEqualTo(2);
    assertThat(results).hasSameSizeAs(measures);
    assertThat(results).allSatisfy(result -> assertThat(result.wallMillis()).isNotNegative());
  }

  @Test
  void run_measuresOfWeightsAlone_takesNoForwardPass() {
    CountingRuntime runtime = new CountingRuntime(true);
    SnapshotMeasures.run(
        Catalogue.builtIn().named(List.of("path2_sum", "layer_spectral")),
        withData(MATRICES),
        runtime);
    assertThat(runtime.passes).isZero();
  }

  @Test
  void run_forwardPassThatFails_failsOnlyWhatNeedsItAndIsTriedOnce() {
    CountingRuntime runtime = new CountingRuntime(true);
    List<MeasureResult> results =
        SnapshotMeasures.run(
            Catalogue.builtIn().named(List.of("train_error", "cross_entropy", "path2_sum")),
            withData(MATRICES),
            runtime);
    assertThat(runtime.passes).isEqualTo(1);
    assertThat(results.stream().map(MeasureResult::outcome))
        .satisfiesExactly(
            first -> assertThat(first.toString()).contains("device lost"),
            second -> assertThat(second.toString()).contains("device lost"),
            third -> assertThat(third).isInstanceOf(Outcome.Measured.class));
  }

  @Test
  void run_noInitialSnapshotOrData_saysWhatIsNeeded() {
    Map<String, Outcome> outcomes =
        SmallNetworks.outcomes(SmallNetworks.snapshot(MATRICES), Catalogue.builtIn().all());
    assertThat(outcomes.get("bartlett_core"))
        .isEqualTo(notApplicable("needs the initial snapshot"));
    assertThat(outcomes.get("ln_l2_capacity")).isEqualTo(notApplicable("needs the training set"));
    assertThat(outcomes.get("test_error")).isEqualTo(notApplicable("needs the test set"));
  }

  @Test
  void run_weightsThatDiverged_publishesNoNumberOfThem() {
    float[][][] diverged = {{{1, Float.NaN}, {0, 1}}, {{1, -1}, {2, 0}}};
    Map<String, Outcome> outcomes =
        SmallNetworks.outcomes(withData(diverged), Catalogue.builtIn().all());
    assertThat(outcomes.get("train_error"))
        .isEqualTo(notApplicable("the network's weights are not finite"));
    Stream.of("path1_sum", "layer_spectral", "ln_frobenius_product", "layer_l1_inf")
        .forEach(key -> assertThat(outcomes.get(key)).as(key).isInstanceOf(Outcome.Failed.class));
  }

  @Test
  void run_marginsNotPositive_publishesNoNormalisedMeasure() {
    float[][][] swapped = {{{1, 2}, {0, 1}}, {{2, 0}, {1, -1}}};
    Map<String, Outcome> outcomes =
        SmallNetworks.outcomes(withData(swapped), Catalogue.builtIn().named(List.of("norms")));
    outcomes.forEach(
        (key, outcome) -> {
          if (key.endsWith("capacity") || key.endsWith("over_margin")) {
            assertThat(outcome).as(key).isEqualTo(notApplicable("invalid margin"));
          }
        });
    assertThat(outcomes).containsKey("ln_l2_capacity");
  }

  @Test
  void next_sharedQuantity_isComputedOnceForEachSnapshotAndStartsTheNext() {
    int[] computed = {0};
    Shared<Integer> quantity = Shared.handedOn(context -> ++computed[0]);
    Measure first = measure("first", context -> exact(context.get(quantity)));
    Measure second = measure("second", context -> exact(context.get(quantity)));
    Measure before =
        measure("before", context -> exact(context.previous(quantity).orElse(0).doubleValue()));
    List<Measure> measures = List.of(before, first, second);
    SnapshotMeasures run = new SnapshotMeasures(new CountingRuntime(true));
    MeasuredSnapshot snapshot = SmallNetworks.snapshot(MATRICES);
    assertThat(scalars(run.next(measures, snapshot))).containsExactly(0.0, 1.0, 1.0);
    assertThat(scalars(run.next(measures, snapshot))).containsExactly(1.0, 2.0, 2.0);
  }

  @Test
  void next_sharedQuantityThatFails_failsAllThatNeedItAndIsTriedOnce() {
    int[] tries = {0};
    Shared<Integer> quantity =
        Shared.of(
            context -> {
              throw new IllegalStateException("try " + ++tries[0]);
            });
    List<Measure> measures =
        List.of(
            measure("first", context -> exact(context.get(quantity))),
            measure("second", context -> exact(context.get(quantity))));
    assertThat(SmallNetworks.outcomes(SmallNetworks.snapshot(MATRICES), measures).values())
        .allSatisfy(outcome -> assertThat(outcome.toString()).contains("try 1"));
  }

  @Test
  void next_sameRun_findsTheSameEigenvalue() {
    List<Measure> measures = Catalogue.builtIn().named(List.of("hessian_lambda_max"));
    MeasuredSnapshot snapshot = GoldenFixtures.snapshot("mlp-1x16");
    SnapshotMeasures run = new SnapshotMeasures(new BackendRuntime(new ReferenceBackend()));
    double cold = scalars(run.next(measures, snapshot)).get(0);
    double warm = scalars(run.next(measures, snapshot)).get(0);
    assertThat(warm).isEqualTo(cold);
  }

  @Test
  void run_fewerExamplesThanThereAre_passesOverTheFirst() {
    MeasuredSnapshot whole = withData(MATRICES);
    MeasuredSnapshot first =
        new MeasuredSnapshot(
            whole.network(),
            whole.weights(),
            whole.initial(),
            Optional.of(new ArrayExamples(new float[][] {{1, 1}}, new int[] {1})),
            whole.test(),
            whole.seed(),
            Settings.STANDARD);
    MeasuredSnapshot limited =
        new MeasuredSnapshot(
            whole.network(),
            whole.weights(),
            whole.initial(),
            whole.train(),
            whole.test(),
            whole.seed(),
            new Settings(Map.of(Setting.EXAMPLES, 1.0)));
    String key = "gradient_norm";
    assertThat(SmallNetworks.scalar(limited, key)).isEqualTo(SmallNetworks.scalar(first, key));
    assertThat(SmallNetworks.scalar(limited, key)).isNotEqualTo(SmallNetworks.scalar(whole, key));
  }

  private static List<Double> scalars(List<MeasureResult> results) {
    return results.stream()
        .map(result -> ((Outcome.Measured) result.outcome()).value())
        .map(value -> ((MeasuredValue.Scalar) value).value())
        .toList();
  }

  private static MeasuredSnapshot withData(float[][]... matrices) {
    return new MeasuredSnapshot(
        SmallNetworks.network(matrices),
        SmallNetworks.weights(matrices),
        Optional.of(SmallNetworks.weights(MATRICES)),
        Optional.of(DATA),
        Optional.of(DATA),
        1,
        Settings.STANDARD);
  }

  private static MeasuredValue recurse(MeasureContext context) {
    return context.seed() == 1 ? recurse(context) : exact(0);
  }

  private static MeasuredValue exact(double value) {
    return MeasuredValue.exact(value);
  }

  private static Outcome notApplicable(String reason) {
    return new Outcome.Measured(new MeasuredValue.NotApplicable(reason));
  }

  private static Measure measure(String key, Function<MeasureContext, MeasuredValue> formula) {
    return new Measure() {
      @Override
      public MeasureDescription describe() {
        return new MeasureDescription(
            key, "", "test", CostClass.WEIGHTS, Set.of(), Set.of(), Map.of());
      }

      @Override
      public MeasuredValue measure(MeasureContext context) {
        return formula.apply(context);
      }
    };
  }

  /** Counts forward passes over whole sets. */
  private static final class CountingRuntime implements NetworkRuntime {
    private final NetworkRuntime runtime = new BackendRuntime(new ReferenceBackend());
    private final boolean failing;
    private int passes;

    CountingRuntime(boolean failing) {
      this.failing = failing;
    }

    @Override
    public Evaluator evaluator(NetworkSpec spec) {
      Evaluator evaluator = runtime.evaluator(spec);
      return new Evaluator() {
        @Override
        public double[] logits(Weights weights, Examples examples) {
          passes++;
          if (failing) {
            throw new IllegalStateException("device lost");
          }
          return evaluator.logits(weights, examples);
        }

        @Override
        public void close() {
          evaluator.close();
        }
      };
    }

    @Override
    public Differentiator differentiator(NetworkSpec spec, Precision precision) {
      return runtime.differentiator(spec, precision);
    }
  }
}
