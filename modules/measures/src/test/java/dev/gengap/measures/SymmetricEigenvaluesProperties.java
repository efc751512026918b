package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.Matrix;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SymmetricEigenvaluesProperties {
  private static final CounterRandom NUMBERS = CounterRandom.of(4, RandomStream.MEASURE_START);

  @Property(tries = 60)
  void of_rotatedDiagonal_areItsNumbers(@ForAll @IntRange(min = 1, max = 40) int size) {
    double[] expected = new double[size];
    for (int i = 0; i < size; i++) {
      expected[i] = i - size / 3; // some negative, one zero
    }
    double[] p = new double[size];
    for (int i = 0; i < size; i++) {
      p[i] = NUMBERS.gaussian(1, i);
    }
    Vectors.divide(p, Vectors.norm(p));
    double[][] a = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (int k = 0; k < size; k++) {
          a[i][j] +=
              ((i == k ? 1 : 0) - 2 * p[i] * p[k])
                  * expected[k]
                  * ((j == k ? 1 : 0) - 2 * p[j] * p[k]);
        }
      }
    }
    assertThat(SymmetricEigenvalues.of(a)).containsExactly(expected, within(1e-11 * size));
  }

  @Property(tries = 60)
  void squares_randomMatrix_sumToItsFrobeniusNormAndEndAtItsSpectral(
      @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll @IntRange(min = 1, max = 30) int columns) {
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = NUMBERS.gaussian(rows, i);
    }
    Matrix matrix = new Matrix(rows, columns, values);
    double[] squares = SingularValues.squares(matrix);
    assertThat(squares).hasSize(Math.min(rows, columns)).isSorted();
    double sum = 0;
    for (double square : squares) {
      sum += square;
    }
    double frobenius = FrobeniusNorms.square(matrix);
    assertThat(sum).isCloseTo(frobenius, within(1e-10 * frobenius));
    double largest = LargestSingularValue.of(matrix, NUMBERS, 9);
    assertThat(Math.sqrt(squares[squares.length - 1])).isCloseTo(largest, within(1e-8 * largest));
  }
}
