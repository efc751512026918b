package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.data.Examples;
import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.network.Evaluator;
import dev.gengap.network.Weights;
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
  void run_allMeasures_takesOneForwardPassForEachSet() {
    CountingEvaluator evaluator = new CountingEvaluator(false);
    List<MeasureResult> results =
        SnapshotMeasures.run(Catalogue.all(), withData(MATRICES), evaluator);
    assertThat(evaluator.passes).isEqualTo(2);
    assertThat(results).hasSameSizeAs(Catalogue.all());
    assertThat(results).allSatisfy(result -> assertThat(result.wallMillis()).isNotNegative());
  }

  @Test
  void run_measuresOfWeightsAlone_takesNoForwardPass() {
    CountingEvaluator evaluator = new CountingEvaluator(true);
    SnapshotMeasures.run(
        Catalogue.named(List.of("path2_sum", "layer_spectral")), withData(MATRICES), evaluator);
    assertThat(evaluator.passes).isZero();
  }

  @Test
  void run_forwardPassThatFails_failsOnlyWhatNeedsItAndIsTriedOnce() {
    CountingEvaluator evaluator = new CountingEvaluator(true);
    List<MeasureResult> results =
        SnapshotMeasures.run(
            Catalogue.named(List.of("train_error", "cross_entropy", "path2_sum")),
            withData(MATRICES),
            evaluator);
    assertThat(evaluator.passes).isEqualTo(1);
    assertThat(results.stream().map(MeasureResult::outcome))
        .satisfiesExactly(
            first -> assertThat(first.toString()).contains("device lost"),
            second -> assertThat(second.toString()).contains("device lost"),
            third -> assertThat(third).isInstanceOf(Outcome.Measured.class));
  }

  @Test
  void run_noInitialSnapshotOrData_saysWhatIsNeeded() {
    Map<String, Outcome> outcomes =
        SmallNetworks.outcomes(SmallNetworks.snapshot(MATRICES), Catalogue.all());
    assertThat(outcomes.get("bartlett_core"))
        .isEqualTo(notApplicable("needs the initial snapshot"));
    assertThat(outcomes.get("ln_l2_capacity")).isEqualTo(notApplicable("needs the training set"));
    assertThat(outcomes.get("test_error")).isEqualTo(notApplicable("needs the test set"));
  }

  @Test
  void run_weightsThatDiverged_publishesNoNumberOfThem() {
    float[][][] diverged = {{{1, Float.NaN}, {0, 1}}, {{1, -1}, {2, 0}}};
    Map<String, Outcome> outcomes = SmallNetworks.outcomes(withData(diverged), Catalogue.all());
    assertThat(outcomes.get("train_error"))
        .isEqualTo(notApplicable("the network's outputs are not finite"));
    Stream.of("path1_sum", "layer_spectral", "ln_frobenius_product", "layer_l1_inf")
        .forEach(key -> assertThat(outcomes.get(key)).as(key).isInstanceOf(Outcome.Failed.class));
  }

  @Test
  void run_marginsNotPositive_publishesNoNormalisedMeasure() {
    float[][][] swapped = {{{1, 2}, {0, 1}}, {{2, 0}, {1, -1}}};
    Map<String, Outcome> outcomes =
        SmallNetworks.outcomes(withData(swapped), Catalogue.named(List.of("norms")));
    outcomes.forEach(
        (key, outcome) -> {
          if (key.endsWith("capacity") || key.endsWith("over_margin")) {
            assertThat(outcome).as(key).isEqualTo(notApplicable("invalid margin"));
          }
        });
    assertThat(outcomes).containsKey("ln_l2_capacity");
  }

  private static MeasuredSnapshot withData(float[][]... matrices) {
    return new MeasuredSnapshot(
        SmallNetworks.network(matrices),
        SmallNetworks.weights(matrices),
        Optional.of(SmallNetworks.weights(MATRICES)),
        Optional.of(DATA),
        Optional.of(DATA),
        1);
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
        return new MeasureDescription(key, "", "test", CostClass.WEIGHTS, Set.of(), Map.of());
      }

      @Override
      public MeasuredValue measure(MeasureContext context) {
        return formula.apply(context);
      }
    };
  }

  private static final class CountingEvaluator implements Evaluator {
    private final boolean failing;
    private int passes;

    CountingEvaluator(boolean failing) {
      this.failing = failing;
    }

    @Override
    public double[] logits(Weights weights, Examples examples) {
      passes++;
      if (failing) {
        throw new IllegalStateException("device lost");
      }
      return new PlainEvaluator(SmallNetworks.network(MATRICES)).logits(weights, examples);
    }

    @Override
    public void close() {}
  }
}
