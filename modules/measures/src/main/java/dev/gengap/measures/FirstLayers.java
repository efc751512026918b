package dev.gengap.measures;

import dev.gengap.data.Examples;
import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.Matrix;
import dev.gengap.network.Evaluator;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkRuntime;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.ParameterSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first layers of a network as a network by themselves, whose outputs are what leaves them. */
record FirstLayers(NetworkSpec network, Weights weights) {
  /** The first {@code count} layers of {@code whole}, whose tensors are {@code weights}. */
  static FirstLayers of(NetworkSpec whole, Weights weights, int count) {
    List<LayerSpec> layers = new ArrayList<>(whole.layers().subList(0, count));
    List<Integer> shape = count == 0 ? whole.input() : whole.shapeAfter(count - 1);
    layers.add(new Flatten());
    int numbers = shape.stream().reduce(1, Math::multiplyExact);
    NetworkSpec network = new NetworkSpec(whole.input(), numbers, layers);
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (ParameterSpec tensor : network.tensors()) {
      tensors.put(tensor.name(), weights.get(tensor.name()));
    }
    return new FirstLayers(network, new Weights(tensors));
  }

  /** What leaves them for each of {@code inputs}: (example, number). */
  Matrix activations(NetworkRuntime runtime, Inputs inputs) {
    try (Evaluator evaluator = runtime.evaluator(network)) {
      return new Matrix(
          inputs.size(),
          network.classes(),
          evaluator.logits(weights, new UnlabelledExamples(inputs)));
    }
  }

  /** Inputs as examples whose labels nobody asks for. */
  private record UnlabelledExamples(Inputs inputs) implements Examples {
    @Override
    public int size() {
      return inputs.size();
    }

    @Override
    public int features() {
      return inputs.features();
    }

    @Override
    public int label(int index) {
      throw new UnsupportedOperationException("label: " + index + " (expected: never asked for)");
    }

    @Override
    public void copyInputs(int from, int count, float[] into) {
      double[] x = new double[inputs.features()];
      for (int i = 0; i < count; i++) {
        inputs.copy(from + i, x);
        for (int j = 0; j < x.length; j++) {
          into[i * x.length + j] = (float) x[j];
        }
      }
    }
  }
}
