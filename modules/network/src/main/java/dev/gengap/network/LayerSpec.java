package dev.gengap.network;

import dev.gengap.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One layer of the network language: how it is written, the shapes it accepts and gives, the
 * parameters it has. A new layer is a record here and a line in {@link LayerReaders}.
 */
public sealed interface LayerSpec {

  /** The name of the layer's type in the network language: {@code linear}. */
  String type();

  /** What is written beside the type, every option named, in canonical order. */
  default Map<String, Object> options() {
    return Map.of();
  }

  /** Why the layer cannot take an example of shape {@code input}; empty if it can. */
  default Optional<Problem> misfit(List<Integer> input) {
    return Optional.empty();
  }

  /** The shape of one example after the layer, for an {@code input} that fits. */
  default List<Integer> outputShape(List<Integer> input) {
    return input;
  }

  /**
   * The layer's parameters, weight before bias, for an {@code input} that fits.
   *
   * @param name of the layer within the network: {@code 3}
   */
  default List<ParameterSpec> parameters(String name, List<Integer> input) {
    return List.of();
  }

  /**
   * y = W x + b.
   *
   * @param out number of units
   * @param bias whether b exists
   */
  record Linear(int out, boolean bias) implements LayerSpec {
    public Linear {
      if (out < 1) {
        throw new IllegalArgumentException("out: " + out + " (expected: ≥ 1)");
      }
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
    public Optional<Problem> misfit(List<Integer> input) {
      if (input.size() != 1) {
        return Optional.of(
            Problem.of("", "linear input", input, "a vector")
                .withRemedy("put {type = flatten} before it"));
      }
      if ((long) out * input.get(0) > Integer.MAX_VALUE) {
        return Optional.of(
            Problem.of(
                "",
                "linear weight",
                out + " × " + input.get(0),
                "at most " + Integer.MAX_VALUE + " elements"));
      }
      return Optional.empty();
    }

    @Override
    public List<Integer> outputShape(List<Integer> input) {
      return List.of(out);
    }

    @Override
    public List<ParameterSpec> parameters(String name, List<Integer> input) {
      int in = input.get(0);
      List<ParameterSpec> found = new ArrayList<>();
      found.add(
          new ParameterSpec(
              name + ".weight", List.of(out, in), in, out, ParameterSpec.Role.WEIGHT));
      if (bias) {
        found.add(
            new ParameterSpec(name + ".bias", List.of(out), in, out, ParameterSpec.Role.BIAS));
      }
      return found;
    }
  }

  /** y = max(x, 0). */
  record Relu() implements LayerSpec {
    @Override
    public String type() {
      return "relu";
    }
  }

  /** (channel, height, width) becomes a vector, row-major. */
  record Flatten() implements LayerSpec {
    @Override
    public String type() {
      return "flatten";
    }

    @Override
    public List<Integer> outputShape(List<Integer> input) {
      return List.of(input.stream().reduce(1, Math::multiplyExact));
    }
  }
}
