package dev.gengap.measures;

import dev.gengap.network.LayerSummary;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.NetworkSummary;
import dev.gengap.network.layer.Conv2d;
import dev.gengap.network.layer.Linear;
import java.util.List;

/** The layers that W_1 … W_d belong to. */
final class WeightLayers {
  private WeightLayers() {}

  /** Those of {@code network}, each with the shape of what enters it, in the order of the W_i. */
  static List<LayerSummary> of(NetworkSpec network) {
    return NetworkSummary.of(network).layers().stream()
        .filter(summary -> summary.layer() instanceof Linear || summary.layer() instanceof Conv2d)
        .toList();
  }
}
