package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.compute.Backend;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Five steps of every rule, beside those of PyTorch's optimisers in float64. */
class OptimiserTest {
  private static final NetworkSpec SPEC = TestNetworks.mlp(3, 2);

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of("sgd-plain", 0.1, new UpdateRule.Sgd(0, false, 0)),
        Arguments.of("sgd", 0.1, new UpdateRule.Sgd(0.9, false, 0.01)),
        Arguments.of("nesterov", 0.1, new UpdateRule.Sgd(0.9, true, 0.01)),
        Arguments.of("adam", 0.05, new UpdateRule.Adam(0.9, 0.999, 1e-8, 0.01, false)),
        Arguments.of("adam-betas", 0.05, new UpdateRule.Adam(0.7, 0.95, 1e-3, 0, false)),
        Arguments.of("adamw", 0.05, new UpdateRule.Adam(0.9, 0.999, 1e-8, 0.1, true)),
        Arguments.of("rmsprop", 0.01, new UpdateRule.RmsProp(0.99, 1e-8, 0, 0)),
        Arguments.of("rmsprop-momentum", 0.01, new UpdateRule.RmsProp(0.9, 1e-4, 0.5, 0.02)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void step_fiveTimes_followsPyTorch(String name, double learningRate, UpdateRule rule)
      throws IOException {
    JsonNode golden = golden();
    float[] inputs = floats(golden.get("inputs"));
    int[] labels = IntStream.range(0, 4).map(i -> golden.get("labels").get(i).asInt()).toArray();
    Hyperparameters hyperparameters =
        new Hyperparameters(4, LearningRate.constant(learningRate), rule);
    try (Backend backend = Nd4jBackend.create(1);
        TrainingSession session =
            new TrainingSession(backend, SPEC, hyperparameters, initial(golden))) {
      JsonNode trajectory = golden.get("parameters").get(name);
      for (int step = 0; step < trajectory.size(); step++) {
        session.step(
            new Minibatch(step, 0, false, labels, RowSource.of(inputs, SPEC.features()), 4));
        assertClose(session.weights(), floats(trajectory.get(step)));
      }
    }
  }

  private static void assertClose(Weights actual, float[] expected) {
    float[] weight = actual.get("0.weight").values();
    float[] bias = actual.get("0.bias").values();
    for (int i = 0; i < expected.length; i++) {
      float ours = i < weight.length ? weight[i] : bias[i - weight.length];
      assertThat((double) ours).isCloseTo(expected[i], within(2e-6));
    }
  }

  private static Weights initial(JsonNode golden) {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    tensors.put("0.weight", new FloatArray(List.of(2, 3), floats(golden.get("weight"))));
    tensors.put("0.bias", new FloatArray(List.of(2), floats(golden.get("bias"))));
    return new Weights(tensors);
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers.get(i).asDouble();
    }
    return values;
  }

  private static JsonNode golden() throws IOException {
    try (InputStream stream = OptimiserTest.class.getResourceAsStream("/golden/optimisers.json")) {
      return new ObjectMapper().readTree(stream);
    }
  }
}
