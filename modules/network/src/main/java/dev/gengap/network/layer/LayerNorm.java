package dev.gengap.network.layer;

import dev.gengap.network.layer.ParameterSpec.Role;
import java.util.List;
import java.util.Map;

/**
 * Layer normalisation (Ba et al. 2016, arXiv 1607.06450): γ·(x − mean)/√(variance + ε) + β, with
 * mean and biased variance over all numbers of an example, and γ and β of an example's shape.
 *
 * @param epsilon ε, &gt; 0
 */
public record LayerNorm(double epsilon) implements LayerSpec {
  public static final double DEFAULT_EPSILON = 1e-5;

  public LayerNorm {
    Checks.require(epsilon > 0, "epsilon", epsilon, "> 0");
  }

  @Override
  public String type() {
    return "layer_norm";
  }

  @Override
  public Map<String, Object> options() {
    return Map.of("epsilon", epsilon);
  }

  @Override
  public List<ParameterSpec> parameters(String name, List<Integer> input) {
    return List.of(
        new ParameterSpec(name + ".weight", input, 1, 1, Role.SCALE),
        new ParameterSpec(name + ".bias", input, 1, 1, Role.SHIFT));
  }
}
