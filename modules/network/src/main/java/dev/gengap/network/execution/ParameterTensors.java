package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.layer.ParameterSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tensors by the names of a network's parameters: its weights, or something that each of them has,
 * such as a velocity. What an optimiser moves lies in one stretch of memory, so that it does so in
 * one operation; the statistics of the weights lie behind it. Confined to the workspace's thread,
 * which owns the memory.
 */
public final class ParameterTensors {
  /** Parameters begin at multiples of 64 bytes, whatever the precision; the gaps stay zero. */
  private static final int ALIGNMENT = 16;

  private final Tensor trainable;
  private final List<ParameterSpec> order;
  private final Map<String, Tensor> tensors = new HashMap<>();

  private ParameterTensors(Workspace workspace, TensorRole role, List<ParameterSpec> order) {
    this.order = order;
    Map<Boolean, List<ParameterSpec>> parts =
        order.stream().collect(Collectors.partitioningBy(p -> p.role().trainable()));
    int trainableSize = alignedSize(parts.get(true));
    int total = Math.addExact(trainableSize, alignedSize(parts.get(false)));
    Tensor all = workspace.allocate(role, Math.max(total, 1));
    trainable = all.view(0, Math.max(trainableSize, 1));
    int offset = 0;
    for (ParameterSpec parameter :
        Stream.of(true, false).flatMap(part -> parts.get(part).stream()).toList()) {
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      tensors.put(parameter.name(), all.view(offset, shape));
      offset += aligned(parameter.size());
    }
  }

  /** Zeros for every tensor of {@code spec}, statistics included. */
  public static ParameterTensors weights(Workspace workspace, NetworkSpec spec) {
    return new ParameterTensors(workspace, TensorRole.PARAMETERS, spec.tensors());
  }

  /** Zeros for every parameter of {@code spec} alone: gradients, an optimiser's state. */
  public static ParameterTensors forParameters(
      Workspace workspace, NetworkSpec spec, TensorRole role) {
    return new ParameterTensors(workspace, role, spec.parameters());
  }

  /** All that an optimiser moves, with gaps of zeros: (elements). */
  public Tensor trainable() {
    return trainable;
  }

  /**
   * The tensor {@code name}, shaped as its specification says.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor get(String name) {
    Tensor found = tensors.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "parameter: "
              + name
              + " (expected: one of "
              + order.stream().map(ParameterSpec::name).toList()
              + ")");
    }
    return found;
  }

  /**
   * Replaces every tensor.
   *
   * @throws IllegalArgumentException if one is missing or has another shape
   */
  public void write(Weights weights) {
    for (ParameterSpec parameter : order) {
      FloatArray values = weights.get(parameter.name());
      if (!values.shape().equals(parameter.shape())) {
        throw new IllegalArgumentException(
            parameter.name() + ": " + values.shape() + " (expected: " + parameter.shape() + ")");
      }
      get(parameter.name()).write(values.values(), parameter.size());
    }
  }

  /** A copy of every tensor, rounded to float32, in the network's order. */
  public Weights read() {
    Map<String, FloatArray> copies = new LinkedHashMap<>();
    for (ParameterSpec parameter : order) {
      float[] values = new float[parameter.size()];
      get(parameter.name()).read(values, values.length);
      copies.put(parameter.name(), new FloatArray(parameter.shape(), values));
    }
    return new Weights(copies);
  }

  private static int alignedSize(List<ParameterSpec> parameters) {
    return parameters.stream().mapToInt(p -> aligned(p.size())).reduce(0, Math::addExact);
  }

  private static int aligned(int size) {
    return Math.multiplyExact(
        Math.floorDiv(Math.addExact(size, ALIGNMENT - 1), ALIGNMENT), ALIGNMENT);
  }
}
