package dev.gengap.training;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.FloatArray;
import dev.gengap.network.LayerSpec;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.ParameterSpec;
import dev.gengap.network.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Multilayer perceptrons and initial weights for tests. */
final class TestNetworks {
  private TestNetworks() {}

  static NetworkSpec mlp(int features, int classes, int... hidden) {
    List<LayerSpec> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(new LayerSpec.Linear(units, true));
      layers.add(new LayerSpec.Relu());
    }
    layers.add(new LayerSpec.Linear(classes, true));
    return new NetworkSpec(List.of(features), classes, layers);
  }

  /** U(±1/√fan_in), the same each time. */
  static Weights initial(NetworkSpec spec) {
    CounterRandom random = CounterRandom.of(3, RandomStream.INITIALISATION);
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      float[] values = new float[parameter.size()];
      for (int i = 0; i < values.length; i++) {
        double unit = 2 * random.uniform(tensors.size(), i) - 1;
        values[i] = (float) (unit / Math.sqrt(parameter.fanIn()));
      }
      tensors.put(parameter.name(), new FloatArray(parameter.shape(), values));
    }
    return new Weights(tensors);
  }
}
