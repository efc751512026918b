package dev.gengap.network.layer;

import dev.gengap.core.Problem;
import java.util.List;
import java.util.Optional;

/** Shapes of one example: (channel, height, width) or (features). */
final class Shapes {
  private static final int IMAGE_RANK = 3;

  private Shapes() {}

  static boolean isImage(List<Integer> shape) {
    return shape.size() == IMAGE_RANK;
  }

  /** The product of the sizes; 2³¹ for all products above 2³¹ − 1. */
  static long elements(List<Integer> shape) {
    long product = 1;
    for (int size : shape) {
      product = Math.min(product * size, Integer.MAX_VALUE + 1L);
    }
    return product;
  }

  static Optional<Misfit> requireImage(String type, List<Integer> input) {
    if (isImage(input)) {
      return Optional.empty();
    }
    return misfit(type + " input", input, "an image, (channel, height, width)");
  }

  /** A tensor must be no longer than an array. */
  static Optional<Misfit> requireArray(String name, List<Integer> shape) {
    if (elements(shape) <= Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return misfit(name, shape, "at most " + Integer.MAX_VALUE + " elements");
  }

  static Optional<Misfit> misfit(String name, Object value, String expected) {
    return Optional.of(Misfit.of(Problem.of("", name, value, expected)));
  }
}
