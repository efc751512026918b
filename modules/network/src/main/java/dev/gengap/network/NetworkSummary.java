package dev.gengap.network;

import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.ParameterSpec;
import dev.gengap.network.layer.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * Every layer of a network with its shapes and costs, those within a layer that branches after it.
 * Immutable.
 */
public record NetworkSummary(NetworkSpec network, List<LayerSummary> layers) {
  public NetworkSummary {
    layers = List.copyOf(layers);
  }

  /** The summary of {@code network}. */
  public static NetworkSummary of(NetworkSpec network) {
    List<LayerSummary> layers = new ArrayList<>();
    addAll("", network.layers(), network.input(), layers);
    return new NetworkSummary(network, layers);
  }

  /**
   * Bytes of the outputs of all layers for {@code batch} examples in float32, which a training step
   * keeps at most; flattening copies nothing.
   */
  public long activationBytes(int batch) {
    return layers.stream()
            .filter(summary -> !(summary.layer() instanceof Flatten))
            .mapToLong(
                summary ->
                    summary.output().stream()
                        .mapToLong(Integer::longValue)
                        .reduce(1, (a, b) -> a * b))
            .sum()
        * batch
        * Float.BYTES;
  }

  private static void addAll(
      String prefix, List<LayerSpec> layers, List<Integer> input, List<LayerSummary> into) {
    List<List<Integer>> shapes = new Sequential(layers).shapes(input);
    for (int i = 0; i < layers.size(); i++) {
      LayerSpec layer = layers.get(i);
      into.add(summary(prefix + i, layer, shapes.get(i)));
      if (layer instanceof Branching branching) {
        for (int path = 0; path < branching.paths().size(); path++) {
          String within = prefix + i + "." + path + ".";
          addAll(within, branching.paths().get(path), shapes.get(i), into);
        }
      }
    }
  }

  private static LayerSummary summary(String name, LayerSpec layer, List<Integer> input) {
    long parameters = 0;
    long statistics = 0;
    for (ParameterSpec tensor : layer.parameters(name, input)) {
      if (tensor.role().trainable()) {
        parameters += tensor.size();
      } else {
        statistics += tensor.size();
      }
    }
    return new LayerSummary(
        name,
        layer,
        input,
        layer.outputShape(input),
        parameters,
        statistics,
        layer.multiplyAdds(input));
  }
}
