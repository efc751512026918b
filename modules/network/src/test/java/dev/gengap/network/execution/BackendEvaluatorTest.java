package dev.gengap.network.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.data.Examples;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Relu;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendEvaluatorTest {
  private static final NetworkSpec SPEC =
      new NetworkSpec(
          List.of(2), 2, List.of(new Linear(2, true), new Relu(), new Linear(2, false)));
  private static final Weights WEIGHTS =
      new Weights(
          Map.of(
              "0.weight", new FloatArray(List.of(2, 2), new float[] {1, -1, 0.5f, 2}),
              "0.bias", new FloatArray(List.of(2), new float[] {0.25f, -3}),
              "2.weight", new FloatArray(List.of(2, 2), new float[] {1, 2, -1, 0.5f})));

  /** Input (i, 1) for example i. */
  private record Ramp(int size, int features) implements Examples {
    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public void copyInputs(int from, int count, float[] into) {
      for (int i = 0; i < count; i++) {
        into[2 * i] = from + i;
        into[2 * i + 1] = 1;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void logits_moreExamplesThanOneChunk_areThoseOfTheNetwork(Precision precision) {
    try (Backend backend = Nd4jBackend.create(1);
        BackendEvaluator evaluator = new BackendEvaluator(backend, SPEC, precision)) {
      double[] logits = evaluator.logits(WEIGHTS, new Ramp(1030, 2));
      assertThat(logits).hasSize(2060);
      for (int i = 0; i < 1030; i++) {
        double first = Math.max(i - 1 + 0.25, 0);
        double second = Math.max(0.5 * i + 2 - 3, 0);
        assertThat(logits[2 * i]).isCloseTo(first + 2 * second, within(1e-12));
        assertThat(logits[2 * i + 1]).isCloseTo(-first + 0.5 * second, within(1e-12));
      }
    }
  }

  @Test
  void logits_otherInputs_areRefused() {
    try (Backend backend = Nd4jBackend.create(1);
        BackendEvaluator evaluator = new BackendEvaluator(backend, SPEC, Precision.FLOAT32)) {
      assertThatThrownBy(() -> evaluator.logits(WEIGHTS, new Ramp(1, 3)))
          .hasMessage("features: 3 (expected: 2)");
    }
  }
}
