package dev.gengap.compute;

import java.util.List;
import java.util.Optional;

/** The checks that operations make of their tensors' shapes. */
final class Shapes {
  private Shapes() {}

  static void requireMatrix(String name, Tensor tensor) {
    if (tensor.shape().size() != 2) {
      throw new IllegalArgumentException(
          name + ": " + tensor.shape() + " (expected: a matrix, (row, column))");
    }
  }

  static void requireImages(String name, Tensor tensor) {
    if (tensor.shape().size() != 4) {
      throw new IllegalArgumentException(
          name + ": " + tensor.shape() + " (expected: (batch, channel, height, width))");
    }
  }

  /** (batch, channel) or (batch, channel, height, width). */
  static void requireChannels(String name, Tensor tensor) {
    if (tensor.shape().size() != 2 && tensor.shape().size() != 4) {
      throw new IllegalArgumentException(
          name
              + ": "
              + tensor.shape()
              + " (expected: (batch, channel) or (batch, channel, height, width))");
    }
  }

  static void require(String name, Tensor tensor, List<Integer> shape) {
    if (!tensor.shape().equals(shape)) {
      throw new IllegalArgumentException(
          name + ": " + tensor.shape() + " (expected: " + shape + ")");
    }
  }

  static void requireSame(String name, Tensor tensor, Tensor other) {
    require(name, tensor, other.shape());
  }

  static void requireSame(String name, Optional<Accumulator> accumulator, Tensor other) {
    accumulator.ifPresent(a -> requireSame(name, a.tensor(), other));
  }

  static void requireEqual(String name, int value, int expected) {
    if (value != expected) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
