package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.compute.Backend;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and weights of training steps that were computed independently in float64. */
class GoldenTrainingTest {

  @ParameterizedTest
  @ValueSource(strings = {"mlp-2x32", "alexnet-lrn", "inception-bn"})
  void step_golden_landsOnItsWeights(String name) throws IOException {
    String folder = "/golden/" + name + "/";
    JsonNode training = new ObjectMapper().readTree(text(folder + "training.json"));
    NetworkSpec spec = NetworkLanguage.parse(text(folder + "network.json"), name);
    Weights init = TensorFile.resource(folder + "init.safetensors").weights();
    Weights trained = TensorFile.resource(folder + "trained.safetensors").weights();
    TensorFile data = TensorFile.resource(folder + "data.safetensors");
    TestExamples examples =
        new TestExamples(spec.features(), data.floats("x").values(), data.longs("y"));
    int batch = training.get("batch").asInt();
    Hyperparameters hyperparameters =
        new Hyperparameters(
            batch,
            LearningRate.constant(training.get("learning_rate").asDouble()),
            new UpdateRule.Sgd(
                training.get("momentum").asDouble(),
                false,
                training.get("weight_decay").asDouble()));
    try (Backend backend = Nd4jBackend.create(1);
        TrainingSession session = new TrainingSession(backend, spec, hyperparameters, init)) {
      for (int step = 0; step < training.get("steps").asInt(); step++) {
        StepResult result = session.step(wrapping(examples, step, batch));
        assertThat(result.lossSum() / result.count())
            .isCloseTo(training.get("losses").get(step).asDouble(), withinPercentage(0.01));
      }
      Weights ours = session.weights();
      assertThat(ours.tensors()).containsOnlyKeys(trained.tensors().keySet());
      for (String tensor : trained.tensors().keySet()) {
        assertThat(distance(ours, trained, tensor))
            .as(tensor)
            .isLessThan(2e-3 * distance(init, trained, tensor));
      }
    }
  }

  /** Consecutive rows, wrapping around. */
  private static Minibatch wrapping(TestExamples examples, int step, int batch) {
    float[] inputs = new float[batch * examples.features()];
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      int row = (step * batch + i) % examples.size();
      System.arraycopy(
          examples.inputs(),
          row * examples.features(),
          inputs,
          i * examples.features(),
          examples.features());
      labels[i] = examples.label(row);
    }
    return new Minibatch(step, 0, false, labels, RowSource.of(inputs, examples.features()), batch);
  }

  private static double distance(Weights a, Weights b, String name) {
    float[] left = a.get(name).values();
    float[] right = b.get(name).values();
    double squares = 0;
    for (int i = 0; i < left.length; i++) {
      squares += Math.pow((double) left[i] - right[i], 2);
    }
    return Math.sqrt(squares);
  }

  private static String text(String resource) throws IOException {
    try (InputStream stream = GoldenTrainingTest.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
