package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.ParameterSpec;
import dev.gengap.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One tensor for each parameter of a network (its weights, or their velocities), all in one stretch
 * of memory so that an optimiser moves them in one operation. Confined to the workspace's thread,
 * which owns the memory.
 */
public final class ParameterTensors {
  /** Parameters begin at multiples of 64 bytes, whatever the precision; the gaps stay zero. */
  private static final int ALIGNMENT = 16;

  private final Tensor all;
  private final Map<ParameterSpec, Tensor> tensors = new LinkedHashMap<>();

  /** Zeros for every parameter of {@code spec}. */
  public ParameterTensors(Workspace workspace, NetworkSpec spec, TensorRole role) {
    int total = 0;
    for (ParameterSpec parameter : spec.parameters()) {
      total = Math.addExact(total, aligned(parameter.size()));
    }
    all = workspace.allocate(role, Math.max(total, 1));
    int offset = 0;
    for (ParameterSpec parameter : spec.parameters()) {
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      tensors.put(parameter, all.view(offset, shape));
      offset += aligned(parameter.size());
    }
  }

  /** All parameters, with gaps of zeros: (elements). */
  public Tensor all() {
    return all;
  }

  /**
   * The parameter {@code name}, shaped as its specification says.
   *
   * @throws IllegalArgumentException if the network has none of that name
   */
  public Tensor get(String name) {
    return tensors.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "parameter: " + name + " (expected: one of " + tensors.keySet() + ")"));
  }

  /**
   * Replaces every parameter.
   *
   * @throws IllegalArgumentException if one is missing or has another shape
   */
  public void write(Weights weights) {
    tensors.forEach(
        (parameter, tensor) -> {
          FloatArray values = weights.get(parameter.name());
          if (!values.shape().equals(parameter.shape())) {
            throw new IllegalArgumentException(
                parameter.name()
                    + ": "
                    + values.shape()
                    + " (expected: "
                    + parameter.shape()
                    + ")");
          }
          tensor.write(values.values(), parameter.size());
        });
  }

  /** A copy of every parameter, rounded to float32. */
  public Weights read() {
    Map<String, FloatArray> copies = new LinkedHashMap<>();
    tensors.forEach(
        (parameter, tensor) -> {
          float[] values = new float[parameter.size()];
          tensor.read(values, values.length);
          copies.put(parameter.name(), new FloatArray(parameter.shape(), values));
        });
    return new Weights(copies);
  }

  private static int aligned(int size) {
    return Math.multiplyExact(
        Math.floorDiv(Math.addExact(size, ALIGNMENT - 1), ALIGNMENT), ALIGNMENT);
  }
}
