package dev.gengap.compute.reference;

import dev.gengap.compute.Tensor;
import java.util.function.IntUnaryOperator;

/**
 * Which numbers of a tensor are normalised together, and by which γ and β each is scaled.
 *
 * @param count of groups
 * @param size of each group
 * @param group the element's group
 * @param affine the element's γ and β
 */
record Grouping(int count, int size, IntUnaryOperator group, IntUnaryOperator affine) {

  /** Batch norm: over the batch and the pixels of each channel. */
  static Grouping byChannel(Tensor tensor) {
    int channels = tensor.shape().get(1);
    int pixels = tensor.columns() / channels;
    IntUnaryOperator channel = i -> i / pixels % channels;
    return new Grouping(channels, tensor.size() / channels, channel, channel);
  }

  /** Layer norm: over all numbers of each example. */
  static Grouping byExample(Tensor tensor) {
    int columns = tensor.columns();
    return new Grouping(tensor.rows(), columns, i -> i / columns, i -> i % columns);
  }

  int group(int element) {
    return group.applyAsInt(element);
  }

  int affine(int element) {
    return affine.applyAsInt(element);
  }
}
