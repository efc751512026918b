package dev.gengap.network.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.SoftmaxCrossEntropy;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.ParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole networks with every layer, on the reference backend and on ND4J, in float64. */
class LayerGraphTest {
  private static final int BATCH = 6;
  private static final long SEED = 5;
  private static final double STEP = 1e-6;

  static Stream<Arguments> networks() {
    List<Supplier<Backend>> backends = List.of(ReferenceBackend::new, () -> Nd4jBackend.create(1));
    return TestGraphs.all().entrySet().stream()
        .flatMap(
            network ->
                backends.stream()
                    .flatMap(
                        backend ->
                            Stream.of(BATCH, 2)
                                .map(
                                    count ->
                                        Arguments.of(
                                            network.getKey(),
                                            network.getValue(),
                                            count,
                                            backend))));
  }

  @ParameterizedTest(name = "{0}, {2} examples")
  @MethodSource("networks")
  void forwardPass_anyNetwork_givesWhatItGivesLayerByLayer(
      String name, NetworkSpec spec, int count, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Workspace workspace = backend.newWorkspace(Precision.FLOAT64)) {
      ParameterTensors weights = weights(workspace, spec);
      float[] inputs = TestGraphs.normal(1, BATCH * spec.features());
      double[] expected =
          new PlainNetwork(workspace, weights, Optional.empty(), count).logits(spec, inputs);
      ForwardPass pass = new ForwardPass(workspace, spec, weights, BATCH);
      double[] logits = new double[count * spec.classes()];
      for (int run = 0; run < 2; run++) {
        pass.run(inputs, count, logits);
        assertThat(logits).containsExactly(expected, within(1e-12));
      }
    }
  }

  @ParameterizedTest(name = "{0}, {2} examples")
  @MethodSource("networks")
  void trainingPass_anyNetwork_givesTheLossOfItsLayersOneByOne(
      String name, NetworkSpec spec, int count, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Workspace workspace = backend.newWorkspace(Precision.FLOAT64)) {
      ParameterTensors weights = weights(workspace, spec);
      float[] inputs = TestGraphs.normal(1, BATCH * spec.features());
      double[] logits =
          new PlainNetwork(workspace, weights, Optional.of(SEED), count).logits(spec, inputs);
      TrainingPass pass = pass(workspace, spec, weights, gradients(workspace, spec));
      for (int run = 0; run < 2; run++) {
        pass.run(0, RowSource.of(inputs, spec.features()), TestGraphs.labels(BATCH), count);
        assertThat(pass.lossSum()).isCloseTo(lossSum(logits, count, spec), within(1e-10));
      }
    }
  }

  @ParameterizedTest(name = "{0}, {2} examples")
  @MethodSource("networks")
  void trainingPass_anyNetwork_givesTheGradientOfTheMeanLoss(
      String name, NetworkSpec spec, int count, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Workspace workspace = backend.newWorkspace(Precision.FLOAT64)) {
      ParameterTensors weights = weights(workspace, spec);
      ParameterTensors gradients = gradients(workspace, spec);
      TrainingPass pass = pass(workspace, spec, weights, gradients);
      float[] inputs = TestGraphs.normal(1, BATCH * spec.features());
      pass.run(0, RowSource.of(inputs, spec.features()), TestGraphs.labels(BATCH), count);
      double[] before = doubles(gradients.trainable());
      pass.run(0, RowSource.of(inputs, spec.features()), TestGraphs.labels(BATCH), count);
      assertThat(doubles(gradients.trainable())).isEqualTo(before);
      double[] found = before;
      Tensor all = weights.trainable();
      double[] values = doubles(all);
      for (int i = 0; i < values.length; i += Math.max(1, values.length / 60)) {
        double[] moved = values.clone();
        moved[i] = values[i] + STEP;
        double up = loss(pass, all, moved, inputs, count);
        moved[i] = values[i] - STEP;
        double down = loss(pass, all, moved, inputs, count);
        assertThat(found[i])
            .as("parameter %d of %s", i, name)
            .isCloseTo((up - down) / (2 * STEP), within(2e-7));
      }
    }
  }

  @ParameterizedTest(name = "{0}, {2} examples")
  @MethodSource("networks")
  void forwardPass_beforeAndAfterTraining_leavesTheStatisticsAlone(
      String name, NetworkSpec spec, int count, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Workspace workspace = backend.newWorkspace(Precision.FLOAT64)) {
      ParameterTensors weights = weights(workspace, spec);
      float[] inputs = TestGraphs.normal(1, BATCH * spec.features());
      ForwardPass forward = new ForwardPass(workspace, spec, weights, BATCH);
      List<double[]> initial = statistics(spec, weights);
      forward.run(inputs, count, new double[count * spec.classes()]);
      assertThat(statistics(spec, weights)).usingRecursiveComparison().isEqualTo(initial);
      pass(workspace, spec, weights, gradients(workspace, spec))
          .run(0, RowSource.of(inputs, spec.features()), TestGraphs.labels(BATCH), count);
      List<double[]> trained = statistics(spec, weights);
      for (int i = 0; i < trained.size(); i++) {
        assertThat(trained.get(i)).isNotEqualTo(initial.get(i));
      }
    }
  }

  private static ParameterTensors weights(Workspace workspace, NetworkSpec spec) {
    ParameterTensors weights = ParameterTensors.weights(workspace, spec);
    weights.write(TestGraphs.weights(spec));
    return weights;
  }

  private static ParameterTensors gradients(Workspace workspace, NetworkSpec spec) {
    return ParameterTensors.forParameters(workspace, spec, TensorRole.OPTIMISER_STATE);
  }

  private static TrainingPass pass(
      Workspace workspace, NetworkSpec spec, ParameterTensors weights, ParameterTensors gradients) {
    return new TrainingPass(
        workspace,
        spec,
        weights,
        new GradientTarget(gradients, 0),
        new TrainingPass.Settings(BATCH, SEED));
  }

  private static double loss(
      TrainingPass pass, Tensor weights, double[] values, float[] inputs, int count) {
    weights.write(values, values.length);
    pass.run(0, RowSource.of(inputs, inputs.length / BATCH), TestGraphs.labels(BATCH), count);
    return pass.lossSum() / count;
  }

  private static double lossSum(double[] logits, int count, NetworkSpec spec) {
    SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(spec.classes());
    int[] labels = TestGraphs.labels(BATCH);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += softmax.loss(logits, i * spec.classes(), labels[i]);
    }
    return sum;
  }

  private static List<double[]> statistics(NetworkSpec spec, ParameterTensors weights) {
    return spec.tensors().stream()
        .filter(tensor -> !tensor.role().trainable())
        .map(ParameterSpec::name)
        .map(weights::get)
        .map(LayerGraphTest::doubles)
        .toList();
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[tensor.size()];
    tensor.read(values, values.length);
    return values;
  }
}
