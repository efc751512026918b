package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SymmetricTridiagonalTest {

  /** The second difference matrix: eigenvalues 2 − 2cos(kπ/(n+1)), vectors of sines. */
  @Property(tries = 40)
  void top_secondDifferences_isKnown(@ForAll @IntRange(min = 1, max = 80) int n) {
    double[] diagonal = new double[n];
    double[] beside = new double[n - 1];
    Arrays.fill(diagonal, 2);
    Arrays.fill(beside, -1);
    SymmetricTridiagonal.Top top = SymmetricTridiagonal.top(diagonal, beside);
    double angle = n * Math.PI / (n + 1);
    assertThat(top.eigenvalue()).isCloseTo(2 - 2 * Math.cos(angle), within(1e-13));
    double last = Math.sqrt(2.0 / (n + 1)) * Math.sin(n * angle);
    assertThat(Math.abs(top.lastComponent())).isCloseTo(Math.abs(last), within(1e-12));
  }

  @Property(tries = 20)
  void topVector_secondDifferences_isTheSine(@ForAll @IntRange(min = 1, max = 40) int n) {
    double[] diagonal = new double[n];
    double[] beside = new double[n - 1];
    Arrays.fill(diagonal, 2);
    Arrays.fill(beside, -1);
    double[] vector = SymmetricTridiagonal.topVector(diagonal, beside);
    for (int i = 0; i < n; i++) {
      double sine = Math.sqrt(2.0 / (n + 1)) * Math.sin((i + 1) * n * Math.PI / (n + 1));
      assertThat(Math.abs(vector[i])).isCloseTo(Math.abs(sine), within(1e-11));
    }
  }

  @Test
  void top_uncoupledBlocks_isTheLargestOfBoth() {
    SymmetricTridiagonal.Top top =
        SymmetricTridiagonal.top(new double[] {5, 1, 2}, new double[] {0, 0});
    assertThat(top.eigenvalue()).isEqualTo(5);
    assertThat(top.lastComponent()).isZero();
  }

  @Test
  void top_elementThatIsNotANumber_endsWithAnError() {
    assertThatThrownBy(
            () -> SymmetricTridiagonal.top(new double[] {1, Double.NaN}, new double[] {1}))
        .isInstanceOf(ArithmeticException.class);
  }
}
