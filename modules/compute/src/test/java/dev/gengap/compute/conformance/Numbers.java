package dev.gengap.compute.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gengap.compute.Precision;
import dev.gengap.compute.Tensor;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How the numbers of tensors are compared. */
final class Numbers {
  private Numbers() {}

  static double[] of(Tensor tensor) {
    double[] values = new double[tensor.size()];
    tensor.read(values, values.length);
    return values;
  }

  /**
   * How far sums of terms of order {@code magnitude} may be from the exact ones. A float32 rounds
   * to 6e-8 and a sum of n terms to √n of that, in an unlucky order n: 2e-5 leaves room for the
   * hundreds of terms of these cases, and none for a wrong or missing one. A float64 rounds to
   * 1e-16: 1e-9 leaves room for approximations of exp and erf.
   */
  static double tolerance(Precision precision, double magnitude) {
    return (precision == Precision.FLOAT32 ? 2e-5 : 1e-9) * magnitude;
  }

  /** The largest magnitude, at least 1, which is that of ordinary contents. */
  static double magnitude(DoubleStream values) {
    return values.map(Math::abs).reduce(1, Math::max);
  }

  /** Whether they differ by at most {@code tolerance}, or neither is a number. */
  static boolean close(double actual, double expected, double tolerance) {
    return Math.abs(actual - expected) <= tolerance
        || actual == expected
        || (Double.isNaN(actual) && Double.isNaN(expected));
  }

  static void assertClose(String name, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).as(name).hasSameSizeAs(expected);
    assertThat(
            IntStream.range(0, expected.length)
                .filter(i -> !close(actual[i], expected[i], tolerance))
                .mapToObj(i -> difference(i, actual[i], expected[i], tolerance)))
        .as(name)
        .isEmpty();
  }

  /**
   * Compares with what the reference made of the same tensor: exactly what it left as it was, to
   * rounding what it changed.
   */
  static void assertConforms(
      String name, Fixture.Outcome actual, Fixture.Outcome expected, Precision precision) {
    double[] after = expected.after();
    boolean[] stays = new boolean[after.length];
    for (int i = 0; i < after.length; i++) {
      stays[i] = Double.compare(after[i], expected.before()[i]) == 0;
    }
    double tolerance =
        tolerance(
            precision,
            magnitude(
                IntStream.range(0, after.length)
                    .filter(i -> !stays[i])
                    .mapToDouble(i -> after[i])));
    assertThat(
            IntStream.range(0, after.length)
                .filter(i -> !close(actual.after()[i], after[i], stays[i] ? 0 : tolerance))
                .mapToObj(
                    i -> difference(i, actual.after()[i], after[i], stays[i] ? 0 : tolerance)))
        .as(name)
        .isEmpty();
  }

  private static String difference(int i, double actual, double expected, double tolerance) {
    return "[" + i + "]: " + actual + " (expected: " + expected + " ± " + tolerance + ")";
  }
}
