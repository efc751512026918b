package dev.gengap.network.layer;

import dev.gengap.core.Problem;
import dev.gengap.network.layer.ParameterSpec.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * y = W x + b.
 *
 * @param out number of units
 * @param bias whether b exists
 */
public record Linear(int out, boolean bias) implements LayerSpec {
  public Linear {
    Checks.requirePositive("out", out);
  }

  @Override
  public String type() {
    return "linear";
  }

  @Override
  public Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("out", out);
    options.put("bias", bias);
    return options;
  }

  @Override
  public Optional<Misfit> misfit(List<Integer> input) {
    if (input.size() != 1) {
      return Optional.of(
          Misfit.of(
              Problem.of("", "linear input", input, "a vector")
                  .withRemedy("put {type = flatten} before it")));
    }
    return Shapes.requireArray("linear weight", List.of(out, input.get(0)));
  }

  @Override
  public List<Integer> outputShape(List<Integer> input) {
    return List.of(out);
  }

  @Override
  public List<ParameterSpec> parameters(String name, List<Integer> input) {
    int in = input.get(0);
    List<ParameterSpec> found = new ArrayList<>();
    found.add(new ParameterSpec(name + ".weight", List.of(out, in), in, out, Role.WEIGHT));
    if (bias) {
      found.add(new ParameterSpec(name + ".bias", List.of(out), in, out, Role.BIAS));
    }
    return found;
  }

  @Override
  public long multiplyAdds(List<Integer> input) {
    return (long) out * input.get(0);
  }
}
