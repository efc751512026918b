package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Precision;
import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.measures.api.Passes;
import dev.gengap.network.execution.BackendRuntime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotPassesTest {
  private final MeasuredSnapshot snapshot = GoldenFixtures.snapshot("mlp-1x16");
  private final SnapshotPasses all =
      new SnapshotPasses(
          new BackendRuntime(new ReferenceBackend())
              .differentiator(snapshot.network(), Precision.FLOAT64),
          snapshot.train().orElseThrow(),
          snapshot.network().classes());
  private final double[] parameters = ParameterVectors.of(snapshot.network(), snapshot.weights());

  @Test
  void over_bothHalvesInAnyOrder_haveTheMeanOfAll() {
    int m = all.examples();
    Passes odd = all.over(IntStream.range(0, m / 2).map(i -> m - 1 - 2 * i).toArray());
    Passes even = all.over(IntStream.range(0, m / 2).map(i -> 2 * i).toArray());
    assertThat(odd.examples()).isEqualTo(m / 2);
    double[] whole = new double[parameters.length];
    double[] first = new double[parameters.length];
    double[] second = new double[parameters.length];

    double loss = all.gradient(parameters, whole);

    double mean = (odd.gradient(parameters, first) + even.gradient(parameters, second)) / 2;
    assertThat(mean).isCloseTo(loss, within(1e-12));
    for (int i = 0; i < whole.length; i++) {
      assertThat((first[i] + second[i]) / 2).isCloseTo(whole[i], within(1e-12));
    }
    assertThat((odd.loss(parameters).error() + even.loss(parameters).error()) / 2)
        .isCloseTo(all.loss(parameters).error(), within(1e-12));
  }

  @Test
  void over_noSuchExample_isRefused() {
    assertThatThrownBy(() -> all.over(new int[] {0, all.examples()}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
