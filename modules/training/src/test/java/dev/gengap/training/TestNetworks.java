package dev.gengap.training;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Dropout;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.Relu;
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
      layers.add(new Linear(units, true));
      layers.add(new Relu());
    }
    layers.add(new Linear(classes, true));
    return new NetworkSpec(List.of(features), classes, layers);
  }

  /** With one hidden layer, normalised and partly dropped. */
  static NetworkSpec withBatchNormAndDropout(int features, int classes, int units) {
    BatchNorm batchNorm = new BatchNorm(BatchNorm.DEFAULT_EPSILON, BatchNorm.DEFAULT_MOMENTUM);
    return new NetworkSpec(
        List.of(features),
        classes,
        List.of(
            new Linear(units, true),
            batchNorm,
            new Relu(),
            new Dropout(0.3),
            new Linear(classes, true)));
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
