package dev.gengap.measures;

import dev.gengap.measures.api.Need;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Branching;
import dev.gengap.network.layer.LayerNorm;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.LocalResponseNorm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the layers of a network, its batch norm folded, allow its measures. */
final class Structure {
  private Structure() {}

  /** Why the layers do not give what {@code need}, one of those about layers, asks for. */
  static Optional<String> whyNot(NetworkSpec network, Need need) {
    List<LayerSpec> layers = all(network.layers()).toList();
    return switch (need) {
      case PLAIN_WEIGHTS -> normalised(layers);
      case PATHS ->
          normalised(layers)
              .or(
                  () ->
                      reason(
                          layers,
                          LocalResponseNorm.class,
                          "needs layers whose paths are known, which local_response_norm's are not"));
      default ->
          throw new IllegalArgumentException("need: " + need + " (expected: one about layers)");
    };
  }

  private static Optional<String> normalised(List<LayerSpec> layers) {
    return reason(layers, LayerNorm.class, Need.PLAIN_WEIGHTS.reason());
  }

  private static Optional<String> reason(
      List<LayerSpec> layers, Class<? extends LayerSpec> type, String reason) {
    return layers.stream().anyMatch(type::isInstance) ? Optional.of(reason) : Optional.empty();
  }

  /** The layers, those within others included. */
  private static Stream<LayerSpec> all(List<LayerSpec> layers) {
    return layers.stream()
        .flatMap(
            layer ->
                layer instanceof Branching branching
                    ? branching.paths().stream().flatMap(Structure::all)
                    : Stream.of(layer));
  }
}
