package dev.gengap.network.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.Relu;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingPassTest {
  private static final int BATCH = 5;
  private static final int[] LABELS = {1, 0, 2, 1, 1};

  private Backend backend;
  private Workspace workspace;

  @BeforeEach
  void open() {
    backend = Nd4jBackend.create(1);
    workspace = backend.newWorkspace(Precision.FLOAT64);
  }

  @AfterEach
  void close() {
    workspace.close();
    backend.close();
  }

  static Stream<Arguments> networks() {
    Linear out = new Linear(3, true);
    return Stream.of(
            network(List.of(4), out),
            network(List.of(1), new Linear(1, true), new Relu(), new Linear(3, false)),
            network(List.of(1, 2, 3), new Flatten(), new Linear(7, true), new Relu(), out),
            network(List.of(4), new Relu(), new Linear(6, false), new Linear(5, true), out),
            network(
                List.of(6), new Linear(8, true), new Relu(), new Linear(6, true), new Relu(), out))
        .flatMap(spec -> Stream.of(1, 3, BATCH).map(count -> Arguments.of(spec, count)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void run_anyBatch_givesTheGradientOfTheMeanLoss(NetworkSpec spec, int count) {
    ParameterTensors weights = ParameterTensors.weights(workspace, spec);
    ParameterTensors gradients =
        ParameterTensors.forParameters(workspace, spec, TensorRole.OPTIMISER_STATE);
    TrainingPass pass =
        new TrainingPass(
            workspace, spec, weights, new GradientTarget(gradients, 0), settings(BATCH));
    float[] inputs = randomFloats(1, BATCH * spec.features());
    for (ParameterSpec parameter : spec.parameters()) {
      float[] values = randomFloats(parameter.name().hashCode(), parameter.size());
      weights.get(parameter.name()).write(values, values.length);
    }
    pass.run(0, RowSource.of(inputs, spec.features()), LABELS, count);
    List<double[]> found =
        spec.parameters().stream().map(p -> doubles(gradients.get(p.name()))).toList();
    for (int i = 0; i < found.size(); i++) {
      Tensor tensor = weights.get(spec.parameters().get(i).name());
      double[] values = doubles(tensor);
      for (int j = 0; j < values.length; j++) {
        double up = lossWith(pass, tensor, values, j, 1e-6, inputs, count);
        double down = lossWith(pass, tensor, values, j, -1e-6, inputs, count);
        assertThat(found.get(i)[j]).isCloseTo((up - down) / 2e-6, within(1e-7));
      }
    }
  }

  @Test
  void run_keep_accumulatesEveryGradient() {
    NetworkSpec spec = network(List.of(2), new Linear(3, true));
    ParameterTensors weights = ParameterTensors.weights(workspace, spec);
    ParameterTensors velocity =
        ParameterTensors.forParameters(workspace, spec, TensorRole.OPTIMISER_STATE);
    TrainingPass pass =
        new TrainingPass(workspace, spec, weights, new GradientTarget(velocity, 0.5), settings(2));
    pass.run(0, RowSource.of(new float[] {1, 2, 3, 4}, 2), new int[] {0, 1}, 2);
    double[] once = doubles(velocity.trainable());
    pass.run(0, RowSource.of(new float[] {1, 2, 3, 4}, 2), new int[] {0, 1}, 2);
    double[] twice = doubles(velocity.trainable());
    for (int i = 0; i < once.length; i++) {
      assertThat(twice[i]).isCloseTo(1.5 * once[i], within(1e-15));
    }
  }

  @Test
  void run_moreThanTheBatch_isRefused() {
    NetworkSpec spec = network(List.of(2), new Linear(3, true));
    ParameterTensors weights = ParameterTensors.weights(workspace, spec);
    GradientTarget target = new GradientTarget(weights, 0);
    TrainingPass pass = new TrainingPass(workspace, spec, weights, target, settings(2));
    assertThatThrownBy(() -> pass.run(0, RowSource.of(new float[6], 2), new int[3], 3))
        .hasMessage("count: 3 (expected: 1 … 2)");
  }

  private static double lossWith(
      TrainingPass pass,
      Tensor tensor,
      double[] values,
      int index,
      double step,
      float[] inputs,
      int count) {
    double[] moved = values.clone();
    moved[index] += step;
    tensor.write(moved, moved.length);
    pass.run(0, RowSource.of(inputs, inputs.length / LABELS.length), LABELS, count);
    tensor.write(values, values.length);
    return pass.lossSum() / count;
  }

  private static TrainingPass.Settings settings(int batch) {
    return new TrainingPass.Settings(batch, 5);
  }

  private static NetworkSpec network(List<Integer> input, LayerSpec... layers) {
    return new NetworkSpec(input, 3, List.of(layers));
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[tensor.size()];
    tensor.read(values, values.length);
    return values;
  }

  private static float[] randomFloats(long id, int size) {
    CounterRandom random = CounterRandom.of(7, RandomStream.INITIALISATION);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.gaussian(id, i);
    }
    return values;
  }
}
