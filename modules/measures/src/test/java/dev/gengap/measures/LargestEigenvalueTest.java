package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.LargestEigenvalue.Eigenpair;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LargestEigenvalueTest {
  private static final TimeLimit NONE = new TimeLimit(Settings.STANDARD);

  @Test
  void of_negativeEigenvalueLargestInSize_givesTheMostPositive() {
    Eigenpair top = of(50, i -> i == 7 ? -1000 : i == 3 ? 2 : 1.0 / (1 + i));
    assertThat(top.value()).isCloseTo(2, within(1e-6));
    assertThat(Math.abs(top.vector()[3])).isCloseTo(1, within(1e-3));
    assertThat(top.timeLimited()).isFalse();
  }

  @Test
  void of_allNegative_givesTheOneNearestToZero() {
    assertThat(of(20, i -> -1.0 - i).value()).isCloseTo(-1, within(1e-6));
  }

  @Test
  void of_nothing_isZero() {
    assertThat(of(5, i -> 0).value()).isZero();
    assertThat(of(1, i -> 4).value()).isEqualTo(4);
  }

  @Test
  void of_eigenvaluesCloseTogether_beginsAgainAndFindsIt() {
    int[] products = {0};
    Eigenpair top =
        LargestEigenvalue.of(
            v -> {
              products[0]++;
              return diagonal(i -> StrictMath.cos(Math.PI * i / 3000)).apply(v);
            },
            random(3000),
            NONE);
    assertThat(top.value()).isCloseTo(1, within(1e-5));
    assertThat(products[0]).isGreaterThan(200);
  }

  @Test
  void of_outOfTime_saysSo() {
    TimeLimit over = new TimeLimit(new Settings(Map.of(Setting.SECONDS, Double.MIN_NORMAL)));
    Eigenpair top = LargestEigenvalue.of(diagonal(i -> i), random(100), over);
    assertThat(top.timeLimited()).isTrue();
    assertThat(top.value()).isBetween(0.0, 99.0);
  }

  @Test
  void of_noNumbers_fails() {
    assertThatThrownBy(() -> of(9, i -> Double.NaN)).isInstanceOf(ArithmeticException.class);
  }

  private static Eigenpair of(int dimension, IntToDoubleFunction eigenvalue) {
    return LargestEigenvalue.of(diagonal(eigenvalue), random(dimension), NONE);
  }

  private static UnaryOperator<double[]> diagonal(IntToDoubleFunction eigenvalue) {
    return v -> {
      double[] image = new double[v.length];
      for (int i = 0; i < v.length; i++) {
        image[i] = eigenvalue.applyAsDouble(i) * v[i];
      }
      return image;
    };
  }

  private static double[] random(int dimension) {
    CounterRandom random = CounterRandom.of(1, RandomStream.MEASURE_START);
    double[] vector = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = random.gaussian(0, i);
    }
    return vector;
  }
}
