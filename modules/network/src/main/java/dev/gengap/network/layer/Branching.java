package dev.gengap.network.layer;

import dev.gengap.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A layer that sends its input down several paths of layers and joins what they give. */
public sealed interface Branching extends LayerSpec permits Concat, Add {

  /** The paths, at least one; an empty one is the identity. */
  List<List<LayerSpec>> paths();

  /** What the shapes that the paths give must have in common. */
  String expectedOutputs();

  /** Whether what the paths give can be joined. */
  boolean joins(List<List<Integer>> outputs);

  /** The shapes that the paths give, for an {@code input} that fits. */
  default List<List<Integer>> pathOutputs(List<Integer> input) {
    return paths().stream().map(path -> new Sequential(path).outputShape(input)).toList();
  }

  @Override
  default Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put(
        "paths",
        paths().stream().map(path -> path.stream().map(LayerSpec::fields).toList()).toList());
    return options;
  }

  @Override
  default Optional<Misfit> misfit(List<Integer> input) {
    for (int i = 0; i < paths().size(); i++) {
      Optional<Misfit> misfit = new Sequential(paths().get(i)).misfit(input);
      if (misfit.isPresent()) {
        return Optional.of(misfit.get().within(".paths[" + i + "]"));
      }
    }
    List<List<Integer>> outputs = pathOutputs(input);
    if (!joins(outputs)) {
      return Optional.of(
          Misfit.of(Problem.of("", type() + " outputs", outputs, expectedOutputs())));
    }
    return Optional.empty();
  }

  @Override
  default List<ParameterSpec> parameters(String name, List<Integer> input) {
    List<ParameterSpec> found = new ArrayList<>();
    for (int i = 0; i < paths().size(); i++) {
      found.addAll(new Sequential(paths().get(i)).parameters(name + "." + i + ".", input));
    }
    return found;
  }

  @Override
  default long multiplyAdds(List<Integer> input) {
    return paths().stream().mapToLong(path -> new Sequential(path).multiplyAdds(input)).sum();
  }

  /** Immutable copies of {@code paths}. */
  static List<List<LayerSpec>> copyOf(List<List<LayerSpec>> paths) {
    Checks.require(!paths.isEmpty(), "paths", paths, "at least one");
    return paths.stream().map(List::copyOf).toList();
  }
}
