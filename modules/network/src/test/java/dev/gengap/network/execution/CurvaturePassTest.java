package dev.gengap.network.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.nd4j.Nd4jBackend;
import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.data.Examples;
import dev.gengap.network.Differentiator;
import dev.gengap.network.NetworkSpec;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Products with the Hessian, through what a differentiator gives. */
class CurvaturePassTest {
  private static final int EXAMPLES = 4;
  private static final double STEP = 1e-6;

  static Stream<Supplier<Backend>> backends() {
    return Stream.of(ReferenceBackend::new, () -> Nd4jBackend.create(2));
  }

  static Stream<Arguments> networks() {
    return TestGraphs.piecewiseLinear().entrySet().stream()
        .flatMap(n -> backends().map(b -> Arguments.of(n.getKey(), n.getValue(), b)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void hessianProduct_anyPiecewiseLinearNetwork_isTheDifferenceOfGradients(
      String name, NetworkSpec spec, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Differentiator differentiator = differentiator(backend, spec, Precision.FLOAT64)) {
      Examples examples = examples(spec);
      double[] at = TestGraphs.parameters(spec);
      double[] vector = vector(2, at.length);
      double[] product = new double[at.length];
      differentiator.hessianProduct(at, examples, vector, product);
      double[] up = gradient(differentiator, examples, moved(at, STEP, vector));
      double[] down = gradient(differentiator, examples, moved(at, -STEP, vector));
      for (int i = 0; i < at.length; i++) {
        assertThat(product[i])
            .as("parameter %d of %s", i, name)
            .isCloseTo((up[i] - down[i]) / (2 * STEP), within(1e-6));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void hessianProduct_twoVectors_isSymmetricAndTheSameEveryTime(
      String name, NetworkSpec spec, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Differentiator differentiator = differentiator(backend, spec, Precision.FLOAT64)) {
      Examples examples = examples(spec);
      double[] at = TestGraphs.parameters(spec);
      double[] u = vector(3, at.length);
      double[] v = vector(4, at.length);
      double[] hu = product(differentiator, examples, at, u);
      double[] hv = product(differentiator, examples, at, v);
      assertThat(dot(u, hv)).as(name).isCloseTo(dot(v, hu), within(1e-11));
      assertThat(product(differentiator, examples, at, u)).isEqualTo(hu);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void hessianProduct_inFloat32_isThatInFloat64ButForItsRounding(
      String name, NetworkSpec spec, Supplier<Backend> backends) {
    try (Backend backend = backends.get();
        Differentiator single = differentiator(backend, spec, Precision.FLOAT32);
        Differentiator twice = differentiator(backend, spec, Precision.FLOAT64)) {
      Examples examples = examples(spec);
      double[] at = TestGraphs.parameters(spec);
      double[] vector = vector(5, at.length);
      double[] expected = product(twice, examples, at, vector);
      double[] found = product(single, examples, at, vector);
      double apart = Math.sqrt(dot(moved(found, -1, expected), moved(found, -1, expected)));
      assertThat(apart).as(name).isLessThan(1e-5 * Math.sqrt(dot(expected, expected)));
    }
  }

  @Test
  void hessianProduct_moreExamplesThanAtOnce_isTheMeanOfItsParts() {
    NetworkSpec spec = TestGraphs.piecewiseLinear().values().iterator().next();
    try (Backend backend = Nd4jBackend.create(2);
        Differentiator differentiator = differentiator(backend, spec, Precision.FLOAT64)) {
      double[] at = TestGraphs.parameters(spec);
      double[] vector = vector(6, at.length);
      double[] before = product(differentiator, examples(spec), at, vector);
      double[] all = product(differentiator, examples(spec, 0, 600), at, vector);
      double[] first = product(differentiator, examples(spec, 0, 200), at, vector);
      double[] rest = product(differentiator, examples(spec, 200, 600), at, vector);
      for (int i = 0; i < all.length; i++) {
        assertThat(all[i]).isCloseTo((first[i] + 2 * rest[i]) / 3, within(1e-12));
      }
      assertThat(product(differentiator, examples(spec), at, vector)).isEqualTo(before);
    }
  }

  @Test
  void hessianProduct_smoothLayers_isRefused() {
    NetworkSpec spec = TestGraphs.sameInTraining().values().iterator().next();
    NetworkSpec smooth =
        TestGraphs.sameInTraining().values().stream()
            .filter(network -> network.layers().toString().contains("Tanh"))
            .findFirst()
            .orElseThrow();
    try (Backend backend = new ReferenceBackend();
        Differentiator linear = differentiator(backend, spec, Precision.FLOAT64);
        Differentiator curved = differentiator(backend, smooth, Precision.FLOAT64)) {
      assertThat(linear.hasHessianProduct()).isTrue();
      assertThat(curved.hasHessianProduct()).isFalse();
      double[] at = TestGraphs.parameters(smooth);
      assertThatThrownBy(() -> curved.hessianProduct(at, examples(smooth), at, at.clone()))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  private static Differentiator differentiator(
      Backend backend, NetworkSpec spec, Precision precision) {
    return new BackendRuntime(backend).differentiator(spec, precision);
  }

  private static double[] product(
      Differentiator differentiator, Examples examples, double[] at, double[] vector) {
    double[] product = new double[at.length];
    differentiator.hessianProduct(at, examples, vector, product);
    return product;
  }

  private static double[] gradient(Differentiator differentiator, Examples examples, double[] at) {
    double[] gradient = new double[at.length];
    differentiator.gradient(at, examples, gradient);
    return gradient;
  }

  private static double[] vector(long id, int size) {
    float[] normal = TestGraphs.normal(id, size);
    double[] vector = new double[size];
    Arrays.setAll(vector, i -> normal[i]);
    return vector;
  }

  private static double[] moved(double[] at, double step, double[] vector) {
    double[] moved = at.clone();
    Arrays.setAll(moved, i -> at[i] + step * vector[i]);
    return moved;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static Examples examples(NetworkSpec spec) {
    return examples(spec, 0, EXAMPLES);
  }

  /** The examples from … to − 1 of an endless set. */
  private static Examples examples(NetworkSpec spec, int from, int to) {
    float[] inputs = TestGraphs.normal(1, to * spec.features());
    return new Examples() {
      @Override
      public int size() {
        return to - from;
      }

      @Override
      public int features() {
        return spec.features();
      }

      @Override
      public int label(int index) {
        return (from + index) % spec.classes();
      }

      @Override
      public void copyInputs(int first, int count, float[] into) {
        System.arraycopy(inputs, (from + first) * features(), into, 0, count * features());
      }
    };
  }
}
