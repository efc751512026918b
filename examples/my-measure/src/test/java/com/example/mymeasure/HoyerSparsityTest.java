package com.example.mymeasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.measures.MeasureRunner;
import dev.gengap.measures.MeasuredSnapshot;
import dev.gengap.measures.Outcome;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoyerSparsityTest {
  private static final NetworkSpec NETWORK =
      NetworkLanguage.parse(
          "input = [2], classes = 2, layers = [{ type = linear, out = 2, bias = false }]", "test");

  @Test
  void sparsity_ofWeightsOfOneSize_isZero() {
    assertThat(sparsity(3, -3, 3, 3)).isCloseTo(0, within(1e-12));
  }

  @Test
  void sparsity_ofASingleWeight_isOne() {
    assertThat(sparsity(0, 0, -7, 0)).isCloseTo(1, within(1e-12));
  }

  @Test
  void sparsity_ofNoWeights_doesNotApply() {
    assertThat(measure(0, 0, 0, 0))
        .isEqualTo(new MeasuredValue.NotApplicable("all weights are zero"));
  }

  private static double sparsity(float... weights) {
    return ((MeasuredValue.Scalar) measure(weights)).value();
  }

  private static MeasuredValue measure(float... weights) {
    MeasuredSnapshot snapshot =
        new MeasuredSnapshot(
            NETWORK,
            new Weights(Map.of("0.weight", new FloatArray(List.of(2, 2), weights))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            Settings.STANDARD);
    List<Outcome> outcomes = new ArrayList<>();
    try (MeasureRunner runner = new MeasureRunner(ReferenceBackend::new)) {
      runner.run(
          "test", snapshot, List.of(new HoyerSparsity()), result -> outcomes.add(result.outcome()));
    }
    return ((Outcome.Measured) outcomes.get(0)).value();
  }
}
