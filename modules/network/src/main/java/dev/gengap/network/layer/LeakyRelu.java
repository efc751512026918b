package dev.gengap.network.layer;

import java.util.Map;

/**
 * y = x where x &gt; 0, slope·x elsewhere (Maas et al. 2013).
 *
 * @param slope &gt; 0
 */
public record LeakyRelu(double slope) implements LayerSpec {
  public static final double DEFAULT_SLOPE = 0.01;

  public LeakyRelu {
    Checks.require(slope > 0, "slope", slope, "> 0");
  }

  @Override
  public String type() {
    return "leaky_relu";
  }

  @Override
  public Map<String, Object> options() {
    return Map.of("slope", slope);
  }
}
