package dev.gengap.network.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.SoftmaxCrossEntropy;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.data.Examples;
import dev.gengap.network.Differentiator;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Relu;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Derivatives against differences of the loss and the outputs, in float64 but for one test. */
class BackendDifferentiatorTest {
  private static final int EXAMPLES = 4;
  private static final double STEP = 1e-6;

  /** Inputs are multiples of it, so that they can be moved by it in float32 without rounding. */
  private static final float INPUT_STEP = 0x1p-20f;

  static Stream<Supplier<Backend>> backends() {
    return Stream.of(ReferenceBackend::new, () -> Nd4jBackend.create(1));
  }

  static Stream<Arguments> networks() {
    return TestGraphs.sameInTraining().entrySet().stream()
        .flatMap(n -> backends().map(b -> Arguments.of(n.getKey(), n.getValue(), b)));
  }

  /** Examples held in an array: (example, feature). */
  @SuppressWarnings("ArrayRecordComponent") // never compared by equals
  private record Rows(int features, float[] inputs, int[] labels) implements Examples {
    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public int label(int index) {
      return labels[index];
    }

    @Override
    public void copyInputs(int from, int count, float[] into) {
      System.arraycopy(inputs, from * features, into, 0, count * features);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void gradient_anyNetwork_isThatOfTheMeanLoss(
      String name, NetworkSpec spec, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Differentiator differentiator =
            new BackendRuntime(backend).differentiator(spec, Precision.FLOAT64)) {
      Examples examples = examples(spec, EXAMPLES);
      double[] at = TestGraphs.parameters(spec);
      double[] found = new double[at.length];
      double loss = differentiator.gradient(at, examples, found);
      assertThat(loss).isCloseTo(meanLoss(differentiator, at, spec, examples), within(1e-12));
      for (int i = 0; i < at.length; i += Math.max(1, at.length / 60)) {
        double[] up = moved(at, i, STEP);
        double[] down = moved(at, i, -STEP);
        double difference =
            meanLoss(differentiator, up, spec, examples)
                - meanLoss(differentiator, down, spec, examples);
        assertThat(found[i])
            .as("parameter %d of %s", i, name)
            .isCloseTo(difference / (2 * STEP), within(2e-7));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void gradient_inFloat32_isThatInFloat64ButForItsRounding(
      String name, NetworkSpec spec, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Differentiator single =
            new BackendRuntime(backend).differentiator(spec, Precision.FLOAT32);
        Differentiator twice =
            new BackendRuntime(backend).differentiator(spec, Precision.FLOAT64)) {
      Examples examples = examples(spec, EXAMPLES);
      double[] at = TestGraphs.parameters(spec);
      double[] found = new double[at.length];
      double[] expected = new double[at.length];
      double loss = single.gradient(at, examples, found);
      assertThat(loss).isCloseTo(twice.gradient(at, examples, expected), within(1e-5));
      assertThat(found).isNotEqualTo(expected).containsExactly(expected, within(1e-4));
      assertThat(single.logits(at, examples))
          .containsExactly(twice.logits(at, examples), within(1e-4));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void exampleGradients_anyNetwork_haveTheGradientAsTheirMean(
      String name, NetworkSpec spec, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Differentiator differentiator =
            new BackendRuntime(backend).differentiator(spec, Precision.FLOAT64)) {
      Examples examples = examples(spec, EXAMPLES);
      double[] at = TestGraphs.parameters(spec);
      double[] mean = new double[at.length];
      double loss = differentiator.gradient(at, examples, mean);
      double[] sum = new double[at.length];
      double[] losses = new double[EXAMPLES];
      differentiator.exampleGradients(
          at,
          examples,
          (example, own, gradient) -> {
            losses[example] = own;
            Arrays.setAll(sum, i -> sum[i] + gradient[i]);
          });
      assertThat(Arrays.stream(losses).sum() / EXAMPLES).isCloseTo(loss, within(1e-12));
      for (int i = 0; i < sum.length; i++) {
        assertThat(sum[i] / EXAMPLES).as(name).isCloseTo(mean[i], within(1e-12));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void inputJacobian_anyNetwork_isThatOfTheOutputs(
      String name, NetworkSpec spec, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Differentiator differentiator =
            new BackendRuntime(backend).differentiator(spec, Precision.FLOAT64)) {
      Rows examples = examples(spec, EXAMPLES);
      double[] at = TestGraphs.parameters(spec);
      int example = EXAMPLES - 1;
      double[] found = differentiator.inputJacobian(at, examples, example);
      assertThat(differentiator.inputJacobian(at, examples, example)).isEqualTo(found);
      for (int j = 0; j < spec.features(); j += Math.max(1, spec.features() / 20)) {
        int index = example * spec.features() + j;
        double[] up = differentiator.logits(at, moved(examples, index, INPUT_STEP));
        double[] down = differentiator.logits(at, moved(examples, index, -INPUT_STEP));
        for (int k = 0; k < spec.classes(); k++) {
          int output = example * spec.classes() + k;
          assertThat(found[k * spec.features() + j])
              .as("output %d, input %d of %s", k, j, name)
              .isCloseTo((up[output] - down[output]) / (2 * INPUT_STEP), within(1e-7));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradient_moreExamplesThanOneChunk_isTheirMean(Supplier<Backend> backends) {
    NetworkSpec spec = network(List.of(3), new Linear(4, true), new Relu(), new Linear(3, true));
    try (Backend backend = backends.get();
        Differentiator differentiator =
            new BackendRuntime(backend).differentiator(spec, Precision.FLOAT64)) {
      Examples examples = examples(spec, 1100);
      double[] at = TestGraphs.parameters(spec);
      double[] found = new double[at.length];
      double loss = differentiator.gradient(at, examples, found);
      assertThat(loss).isCloseTo(meanLoss(differentiator, at, spec, examples), within(1e-12));
      double[] sum = new double[at.length];
      differentiator.exampleGradients(
          at, examples, (i, own, gradient) -> Arrays.setAll(sum, j -> sum[j] + gradient[j]));
      for (int i = 0; i < sum.length; i++) {
        assertThat(found[i]).isCloseTo(sum[i] / examples.size(), within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void g2_derivatives_matchThoseByHand(Supplier<Backend> backends) {
    NetworkSpec spec = network(List.of(3), new Linear(2, false), new Relu(), new Linear(3, false));
    double[] at = {1, 2, -1, 0, 1, 1, 1, -1, 2, 0, 0, 3};
    float[] inputs = {1, 0, 0.5f, 0, 1, -0.5f, 1, 1, 1, -1, 1, 2};
    Examples examples = new Rows(3, inputs, new int[] {1, 2, 2, 0});
    try (Backend backend = backends.get();
        Differentiator differentiator =
            new BackendRuntime(backend).differentiator(spec, Precision.FLOAT64)) {
      double[] gradient = new double[at.length];
      assertThat(differentiator.gradient(at, examples, gradient))
          .isCloseTo(4.202578926083387, within(1e-12));
      assertThat(gradient)
          .containsExactly(
              new double[] {
                -0.2437463584158968, 0.534510826658725, -0.32911234424268565, -0.7118631321380934,
                0.16796111972564676, 2.4684058594382723, 0.04514559287544151, -0.7278997000887233,
                0.5546210231343986, 0.09174394039699116, -0.5997666160098403, 0.6361557596917318
              },
              within(1e-12));
      double[] squares = new double[4];
      differentiator.exampleGradients(at, examples, (i, loss, own) -> squares[i] = squareSum(own));
      assertThat(squares)
          .containsExactly(
              new double[] {
                5.1049288324226625, 27.19957991379274, 0.80434215226724, 113.97861072592892
              },
              within(1e-10));
      double[] jacobians = new double[4];
      Arrays.setAll(jacobians, i -> squareSum(differentiator.inputJacobian(at, examples, i)));
      assertThat(jacobians).containsExactly(new double[] {48, 48, 48, 20}, within(1e-12));
    }
  }

  @Test
  void differentiator_layersThatTrainOtherwise_isRefused() {
    NetworkSpec normalised = network(List.of(2), new BatchNorm(1e-5, 0.1), new Linear(3, true));
    NetworkSpec dropped = network(List.of(2), new Linear(3, true), new Dropout(0.5));
    try (Backend backend = new ReferenceBackend()) {
      BackendRuntime runtime = new BackendRuntime(backend);
      assertThatThrownBy(() -> runtime.differentiator(normalised, Precision.FLOAT64))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "layer 0: batch_norm (expected: one that computes the same in training as in"
                  + " evaluation)");
      assertThatThrownBy(() -> runtime.differentiator(dropped, Precision.FLOAT64))
          .hasMessageStartingWith("layer 1: dropout");
    }
  }

  @Test
  void passes_whatDoesNotFit_isRefused() {
    NetworkSpec spec = network(List.of(2), new Linear(3, true));
    try (Backend backend = new ReferenceBackend();
        Differentiator differentiator =
            new BackendRuntime(backend).differentiator(spec, Precision.FLOAT64)) {
      Examples one = examples(spec, 1);
      Examples none = examples(spec, 0);
      Examples wide = new Rows(3, new float[3], new int[1]);
      double[] at = new double[9];
      assertThatThrownBy(() -> differentiator.logits(new double[8], one))
          .hasMessage("parameters: 8 (expected: 9)");
      assertThatThrownBy(() -> differentiator.gradient(at, one, new double[10]))
          .hasMessage("parameters: 10 (expected: 9)");
      assertThatThrownBy(() -> differentiator.gradient(at, none, new double[9]))
          .hasMessage("examples: 0 (expected: > 0)");
      assertThatThrownBy(() -> differentiator.gradient(at, wide, new double[9]))
          .hasMessage("features: 3 (expected: 2)");
      assertThatThrownBy(() -> differentiator.inputJacobian(at, one, 1))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("example: 1 (expected: 0 … 0)");
    }
  }

  private static NetworkSpec network(List<Integer> input, LayerSpec... layers) {
    return new NetworkSpec(input, 3, List.of(layers));
  }

  private static Rows examples(NetworkSpec spec, int count) {
    float[] inputs = TestGraphs.normal(1, count * spec.features());
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = Math.round(inputs[i] / INPUT_STEP) * INPUT_STEP;
    }
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> (i * i + i / 2) % spec.classes());
    return new Rows(spec.features(), inputs, labels);
  }

  private static double[] moved(double[] at, int index, double step) {
    double[] moved = at.clone();
    moved[index] += step;
    return moved;
  }

  private static Rows moved(Rows examples, int index, float step) {
    float[] moved = examples.inputs().clone();
    moved[index] += step;
    return new Rows(examples.features(), moved, examples.labels());
  }

  private static double meanLoss(
      Differentiator differentiator, double[] at, NetworkSpec spec, Examples examples) {
    double[] logits = differentiator.logits(at, examples);
    SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(spec.classes());
    double sum = 0;
    for (int i = 0; i < examples.size(); i++) {
      sum += softmax.loss(logits, i * spec.classes(), examples.label(i));
    }
    return sum / examples.size();
  }

  private static double squareSum(double[] values) {
    return Arrays.stream(values).map(value -> value * value).sum();
  }
}
