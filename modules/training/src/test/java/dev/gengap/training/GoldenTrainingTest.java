package dev.gengap.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gengap.compute.Backend;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** Losses and weights of training steps that were computed independently in float64. */
class GoldenTrainingTest {
  private static final String FOLDER = "/golden/mlp-2x32/";

  @Test
  void step_golden_landsOnItsWeights() throws IOException {
    JsonNode training = json("training.json");
    Weights init = TensorFile.resource(FOLDER + "init.safetensors").weights();
    Weights trained = TensorFile.resource(FOLDER + "trained.safetensors").weights();
    TensorFile data = TensorFile.resource(FOLDER + "data.safetensors");
    TestExamples examples = new TestExamples(20, data.floats("x").values(), data.longs("y"));
    int batch = training.get("batch").asInt();
    Hyperparameters hyperparameters =
        new Hyperparameters(
            batch,
            training.get("learning_rate").asDouble(),
            training.get("momentum").asDouble(),
            training.get("weight_decay").asDouble(),
            1);
    NetworkSpec spec = TestNetworks.mlp(20, 5, 32, 24);
    try (Backend backend = Nd4jBackend.create(1);
        TrainingSession session = new TrainingSession(backend, spec, hyperparameters, init)) {
      for (int step = 0; step < training.get("steps").asInt(); step++) {
        StepResult result = session.step(wrapping(examples, step, batch));
        assertThat(result.lossSum() / result.count())
            .isCloseTo(training.get("losses").get(step).asDouble(), withinPercentage(0.01));
      }
      Weights ours = session.weights();
      for (String name : trained.tensors().keySet()) {
        assertThat(distance(ours, trained, name))
            .as(name)
            .isLessThan(2e-3 * distance(init, trained, name));
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
    return new Minibatch(step, 0, false, labels, inputs, batch);
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

  private static JsonNode json(String name) throws IOException {
    try (InputStream stream = GoldenTrainingTest.class.getResourceAsStream(FOLDER + name)) {
      return new ObjectMapper().readTree(stream);
    }
  }
}
