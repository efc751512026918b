package dev.gengap.network;

import dev.gengap.network.layer.Add;
import dev.gengap.network.layer.AvgPool2d;
import dev.gengap.network.layer.Concat;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.LeakyRelu;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.MaxPool2d;
import dev.gengap.network.layer.Relu;
import java.util.List;

/**
 * Networks whose outputs are linear in the inputs, and in the parameters of any one layer, wherever
 * they have a derivative.
 */
public final class PiecewiseLinear {
  private PiecewiseLinear() {}

  /** Whether {@code network} is one. */
  public static boolean is(NetworkSpec network) {
    return are(network.layers());
  }

  private static boolean are(List<LayerSpec> layers) {
    return layers.stream().allMatch(PiecewiseLinear::is);
  }

  private static boolean is(LayerSpec layer) {
    if (layer instanceof Concat concat) {
      return concat.paths().stream().allMatch(PiecewiseLinear::are);
    }
    if (layer instanceof Add add) {
      return add.paths().stream().allMatch(PiecewiseLinear::are);
    }
    return layer instanceof Linear
        || layer instanceof Conv2d
        || layer instanceof Relu
        || layer instanceof LeakyRelu
        || layer instanceof MaxPool2d
        || layer instanceof AvgPool2d
        || layer instanceof Flatten;
  }
}
