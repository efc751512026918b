package dev.gengap.network.layer;

import java.util.Map;

/**
 * Dropout (Srivastava et al. 2014): in training each number is zero with probability p and divided
 * by 1 − p otherwise; in evaluation nothing happens.
 *
 * @param p in [0, 1)
 */
public record Dropout(double p) implements LayerSpec {
  public static final double DEFAULT_P = 0.5;

  public Dropout {
    Checks.require(p >= 0 && p < 1, "p", p, "at least 0, below 1");
  }

  @Override
  public String type() {
    return "dropout";
  }

  @Override
  public Map<String, Object> options() {
    return Map.of("p", p);
  }
}
