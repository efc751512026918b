package dev.gengap.network;

import dev.gengap.network.layer.LayerSpec;
import java.util.List;

/**
 * What one layer of a network costs, for one example.
 *
 * @param name as nested sequential containers name it: {@code 4.1.0}
 * @param layer itself
 * @param input shape of what enters
 * @param output shape of what leaves
 * @param parameters numbers that are trained; of a layer that branches, those of its paths
 * @param statistics numbers that training leaves beside them, likewise
 * @param multiplyAdds forward, likewise
 */
public record LayerSummary(
    String name,
    LayerSpec layer,
    List<Integer> input,
    List<Integer> output,
    long parameters,
    long statistics,
    long multiplyAdds) {

  /** How many layers that branch it is within. */
  public int depth() {
    return (int) name.chars().filter(c -> c == '.').count() / 2;
  }
}
