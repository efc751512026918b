package dev.gengap.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Precision;
import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.Examples;
import dev.gengap.network.execution.BackendEvaluator;
import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Concat;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.Extent;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.MaxPool2d;
import dev.gengap.network.layer.Padding;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.Relu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** A network and its evaluation form give the same outputs, whatever there is to fold. */
class EvaluationFormProperties {
  private static final int CHANNELS = 2;
  private static final List<Integer> INPUT = List.of(CHANNELS, 4, 3);
  private static final int CLASSES = 3;

  @Property(tries = 150)
  void fold_anyNetwork_givesTheSameOutputs(
      @ForAll("networks") NetworkSpec spec, @ForAll @IntRange(max = 1000) int seed) {
    Weights weights = weights(spec, seed);
    EvaluationForm form = EvaluationForm.of(spec);
    double[] expected = logits(spec, weights);
    double[] found = logits(form.network(), form.fold(weights));
    double scale = 1 + Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-4 * scale)); // weights are float32
    }
    boolean left = NetworkLanguage.render(form.network()).contains("batch_norm");
    assertThat(form.obstacle().isPresent()).isEqualTo(left);
    assertThat(form.fold(weights).tensors().keySet())
        .containsExactlyElementsOf(
            form.network().tensors().stream().map(ParameterSpec::name).toList());
  }

  /** Images keep their shape until the end, so that any layers fit after each other. */
  @Provide
  Arbitrary<NetworkSpec> networks() {
    Arbitrary<List<LayerSpec>> path = layers().list().ofMaxSize(3);
    Arbitrary<LayerSpec> add = path.list().ofMinSize(1).ofMaxSize(3).map(Add::new);
    Arbitrary<LayerSpec> concat = path.list().ofMinSize(1).ofMaxSize(2).map(Concat::new);
    return Arbitraries.oneOf(
            layers(), layers(), add, concat, add.map(EvaluationFormProperties::nested))
        .list()
        .ofMaxSize(6)
        .map(EvaluationFormProperties::network);
  }

  private static LayerSpec nested(LayerSpec inner) {
    return new Add(List.of(List.of(conv(1, false), inner), List.of(conv(3, true))));
  }

  private static NetworkSpec network(List<LayerSpec> drawn) {
    List<LayerSpec> layers = new ArrayList<>();
    for (LayerSpec layer : drawn) {
      layers.add(layer);
      if (layer instanceof Concat) {
        layers.add(new BatchNorm(1e-3, 0.1));
        layers.add(conv(1, true));
      }
    }
    layers.add(new BatchNorm(1e-5, 0.1));
    layers.add(new AvgPool2d(new Extent(4, 3), new Extent(4, 3), Padding.NONE));
    layers.add(new Flatten());
    layers.add(new BatchNorm(1e-5, 0.1));
    layers.add(new Linear(CLASSES, drawn.size() % 2 == 0));
    layers.add(new BatchNorm(1e-5, 0.1));
    return new NetworkSpec(INPUT, CLASSES, layers);
  }

  private static Arbitrary<LayerSpec> layers() {
    Extent three = Extent.square(3);
    Extent one = Extent.square(1);
    Padding same = new Padding.Same();
    return Arbitraries.of(
        conv(1, true),
        conv(3, false),
        conv(3, true),
        new BatchNorm(1e-5, 0.1),
        new BatchNorm(1e-2, 0.1),
        new Dropout(0.5),
        new AvgPool2d(three, one, same),
        new AvgPool2d(one, one, same),
        new MaxPool2d(three, one, same),
        new Relu());
  }

  private static Conv2d conv(int kernel, boolean bias) {
    return new Conv2d(CHANNELS, Extent.square(kernel), Extent.square(1), new Padding.Same(), bias);
  }

  private static Weights weights(NetworkSpec spec, int seed) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.INITIALISATION);
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (ParameterSpec tensor : spec.tensors()) {
      float[] values = new float[tensor.size()];
      for (int i = 0; i < values.length; i++) {
        double normal = random.gaussian(tensors.size(), i);
        values[i] =
            (float)
                (tensor.role() == ParameterSpec.Role.RUNNING_VARIANCE
                    ? 1 + 0.5 * Math.tanh(normal)
                    : 0.7 * normal);
      }
      tensors.put(tensor.name(), new FloatArray(tensor.shape(), values));
    }
    return new Weights(tensors);
  }

  private static double[] logits(NetworkSpec spec, Weights weights) {
    try (ReferenceBackend backend = new ReferenceBackend();
        BackendEvaluator evaluator = new BackendEvaluator(backend, spec, Precision.FLOAT64)) {
      return evaluator.logits(weights, new Noise(5, spec.features()));
    }
  }

  private record Noise(int size, int features) implements Examples {
    @Override
    public int label(int index) {
      return 0;
    }

    @Override
    public void copyInputs(int from, int count, float[] into) {
      CounterRandom random = CounterRandom.of(3, RandomStream.GENERATED_TRAIN);
      for (int i = 0; i < count * features; i++) {
        into[i] = (float) random.gaussian(from + i / features, i % features);
      }
    }
  }
}
