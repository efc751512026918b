package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.data.Examples;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.network.execution.BackendRuntime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlatnessOfNetworksTest {
  private static final List<Measure> MEASURES =
      Catalogue.builtIn().named(List.of("flatness", "kl_at_expected_sharpness_0.05"));

  @ParameterizedTest
  @CsvSource({
    "mlp-1x16-random, mlp-1x16",
    "mlp-undertrained, mlp-1x16-random",
    "mlp-1x16, mlp-undertrained",
  })
  void next_afterAnotherSnapshot_findsWhatIsFoundAnew(String before, String after) {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      SnapshotMeasures run = new SnapshotMeasures(new BackendRuntime(backend));
      run.next(MEASURES, GoldenFixtures.snapshot(before));
      assertThat(values(run.next(MEASURES, GoldenFixtures.snapshot(after))))
          .isEqualTo(
              values(
                  new SnapshotMeasures(new BackendRuntime(backend))
                      .next(MEASURES, GoldenFixtures.snapshot(after))));
    }
  }

  @Test
  void randomLabels_ofTheSameNetwork_areSharperMinima() {
    for (Measure measure : Catalogue.builtIn().named(List.of("flatness"))) {
      String key = measure.describe().key();
      if (key.endsWith("flatness") || key.startsWith("pac_bayes_orig")) {
        assertThat(SmallNetworks.scalar(GoldenFixtures.snapshot("mlp-1x16-random"), key))
            .as(key)
            .isGreaterThan(SmallNetworks.scalar(GoldenFixtures.snapshot("mlp-1x16"), key));
      }
    }
  }

  @Test
  void worstPerturbation_ofANetwork_isNoLongerThanARandomOne() {
    MeasuredSnapshot snapshot = GoldenFixtures.snapshot("mlp-1x16");
    double parameters = snapshot.network().parameterCount();
    assertThat(SmallNetworks.scalar(snapshot, "alpha_at_drop_0.1"))
        .isLessThan(SmallNetworks.scalar(snapshot, "sigma_at_drop_0.1") * Math.sqrt(parameters));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpha_at_drop_0.1", "alpha_mag_at_drop_0.1"})
  void worstPerturbation_foundInBatches_isAboutThatOfAllExamplesAtOnce(String key) {
    MeasuredSnapshot snapshot = GoldenFixtures.snapshot("mlp-1x16");
    Examples examples = snapshot.train().orElseThrow();
    int[] often = IntStream.range(0, 40 * examples.size()).map(i -> i % examples.size()).toArray();
    assertThat(often.length).isGreaterThan(4 * WorstError.BATCH);
    MeasuredSnapshot repeated =
        new MeasuredSnapshot(
            snapshot.network(),
            snapshot.weights(),
            snapshot.initial(),
            Optional.of(new SelectedExamples(examples, often)),
            Optional.empty(),
            1,
            snapshot.settings());
    assertThat(SmallNetworks.scalar(repeated, key))
        .isCloseTo(SmallNetworks.scalar(snapshot, key), withinPercentage(2));
  }

  private static List<MeasuredValue> values(List<MeasureResult> results) {
    return results.stream().map(result -> ((Outcome.Measured) result.outcome()).value()).toList();
  }
}
