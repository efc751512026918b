package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.Matrix;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LargestSingularValueTest {
  private static final CounterRandom START = CounterRandom.of(1, RandomStream.MEASURE_START);
  private static final CounterRandom ENTRIES = CounterRandom.of(2, RandomStream.MEASURE_START);

  @Test
  void of_knownMatrices_isExact() {
    assertClose(of(2, 2, 3, 0, 4, 5), 3 * Math.sqrt(5));
    assertClose(of(2, 3, 1, 2, -1, 0, 1, 1), 2.4972120409568324);
    assertClose(of(3, 2, 1, -1, 2, 0, 0, 3), 3.192582403567252);
    assertClose(of(1, 2, 1, -2), Math.sqrt(5));
    assertClose(of(2, 1, 3, 4), 5);
    assertClose(of(1, 1, -2), 2);
  }

  @Test
  void of_zeroOrEmptyRank_isZero() {
    assertThat(of(2, 3, 0, 0, 0, 0, 0, 0)).isZero();
  }

  @Test
  void of_elementThatIsNotANumber_isNotFinite() {
    assertThat(of(2, 2, 1, 2, Double.NaN, 3)).isNaN();
  }

  @Test
  void of_identity_isOneThoughAllSingularValuesAreEqual() {
    double[] identity = new double[900];
    for (int i = 0; i < 30; i++) {
      identity[i * 31] = 1;
    }
    assertClose(of(30, 30, identity), 1);
  }

  @Property(tries = 40)
  void of_rotatedDiagonalWithACloseSecondValue_findsTheLargest(
      @ForAll @IntRange(min = 2, max = 60) int rows,
      @ForAll @IntRange(min = 2, max = 60) int columns,
      @ForAll @IntRange(max = 15) int digits) {
    Matrix matrix = rotatedDiagonal(rows, columns, 1 - Math.pow(10, -digits));
    assertClose(LargestSingularValue.of(matrix, START, 0), 1);
  }

  @Property(tries = 20)
  void of_hugeOrTinyElements_scales(@ForAll @IntRange(min = -30, max = 30) int exponent) {
    double scale = Math.pow(10, exponent);
    assertClose(of(2, 2, 3 * scale, 0, 4 * scale, 5 * scale) / scale, 3 * Math.sqrt(5));
  }

  @Test
  void of_startMostlyAtTheSecondSingularVector_findsTheFirst() {
    int size = 10_000;
    double[] start = LargestSingularValue.start(size, START, 3);
    Vectors.divide(start, Vectors.norm(start) / 0.3);
    start[0] += 1;
    double value = LargestSingularValue.of(diagonal(size), start, 1e-6 * 0.3 / 100).value();
    assertThat(value).isCloseTo(1, within(1e-9));
  }

  /** 0.99999, 1, and then what falls evenly from 0.9. */
  private static LinearMap diagonal(int size) {
    return new LinearMap() {
      @Override
      public int inputs() {
        return size;
      }

      @Override
      public int outputs() {
        return size;
      }

      @Override
      public double[] times(double[] v) {
        double[] image = new double[size];
        Arrays.setAll(image, i -> v[i] * (i == 0 ? 0.99999 : i == 1 ? 1 : 0.9 * i / size));
        return image;
      }

      @Override
      public double[] transposeTimes(double[] u) {
        return times(u);
      }
    };
  }

  @Test
  void of_largeRandomMatrix_doesNotDependOnTheStart() {
    double[] values = new double[128 * 600];
    for (int i = 0; i < values.length; i++) {
      values[i] = ENTRIES.gaussian(7, i);
    }
    Matrix matrix = new Matrix(128, 600, values);
    double expected = LargestSingularValue.of(matrix, START, 0);
    for (int id = 1; id < 5; id++) {
      assertClose(LargestSingularValue.of(matrix, START, id), expected);
    }
  }

  /** (I − 2ppᵀ) D (I − 2qqᵀ) with singular values 1, second, and ever smaller ones. */
  private static Matrix rotatedDiagonal(int rows, int columns, double second) {
    double[] p = unit(rows, 1);
    double[] q = unit(columns, 2);
    double[] values = new double[rows * columns];
    for (int k = 0; k < Math.min(rows, columns); k++) {
      double s = k == 0 ? 1 : second * Math.pow(0.95, k - 1);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          double left = (i == k ? 1 : 0) - 2 * p[i] * p[k];
          double right = (j == k ? 1 : 0) - 2 * q[j] * q[k];
          values[i * columns + j] += left * s * right;
        }
      }
    }
    return new Matrix(rows, columns, values);
  }

  private static double[] unit(int size, long id) {
    double[] vector = new double[size];
    double square = 0;
    for (int i = 0; i < size; i++) {
      vector[i] = ENTRIES.gaussian(id, i);
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < size; i++) {
      vector[i] /= Math.sqrt(square);
    }
    return vector;
  }

  private static double of(int rows, int columns, double... values) {
    return LargestSingularValue.of(new Matrix(rows, columns, values), START, 0);
  }

  private static void assertClose(double value, double expected) {
    assertThat(value).isCloseTo(expected, within(1e-9 * expected));
  }
}
