package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.ParameterSpec;
import java.util.List;

/**
 * The tensors of a network's parameters, or their gradients, as one vector in double: those of
 * {@link NetworkSpec#parameters} in their order, each row-major, without gaps. Confined to the
 * workspace's thread.
 */
final class ParameterVector {
  private final List<Tensor> tensors;
  private final int size;
  private final double[] part;

  /** The parameters of {@code spec} among {@code tensors}. */
  ParameterVector(NetworkSpec spec, ParameterTensors tensors) {
    this.tensors = spec.parameters().stream().map(ParameterSpec::name).map(tensors::get).toList();
    size = Math.toIntExact(spec.parameterCount());
    part = new double[this.tensors.stream().mapToInt(Tensor::size).max().orElse(0)];
  }

  int size() {
    return size;
  }

  /** Replaces every tensor. */
  void write(double[] vector) {
    require(vector);
    int at = 0;
    for (Tensor tensor : tensors) {
      System.arraycopy(vector, at, part, 0, tensor.size());
      tensor.write(part, tensor.size());
      at += tensor.size();
    }
  }

  /** Adds {@code factor} times every tensor to {@code vector}. */
  void addTo(double[] vector, double factor) {
    require(vector);
    int at = 0;
    for (Tensor tensor : tensors) {
      tensor.read(part, tensor.size());
      for (int i = 0; i < tensor.size(); i++) {
        vector[at + i] += factor * part[i];
      }
      at += tensor.size();
    }
  }

  private void require(double[] vector) {
    if (vector.length != size) {
      throw new IllegalArgumentException(
          "parameters: " + vector.length + " (expected: " + size + ")");
    }
  }
}
