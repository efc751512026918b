package dev.gengap.compute;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** A matrix on the host, with the plain arithmetic that backends are compared with. */
@SuppressWarnings("ArrayRecordComponent") // never compared by equals
record TestMatrix(int rows, int columns, double[] values) {

  static TestMatrix zeros(int rows, int columns) {
    return new TestMatrix(rows, columns, new double[rows * columns]);
  }

  /** Numbers in (−1, 1), none close to 0, the same each time. */
  static TestMatrix filled(int seed, int rows, int columns) {
    TestMatrix made = zeros(rows, columns);
    for (int i = 0; i < made.values.length; i++) {
      double value = Math.sin(12.9898 * (i + 1) + 78.233 * seed);
      made.values[i] = (float) (Math.abs(value) < 0.05 ? 0.05 : value);
    }
    return made;
  }

  static TestMatrix of(Tensor tensor) {
    TestMatrix read = zeros(tensor.rows(), tensor.columns());
    tensor.read(read.values, tensor.size());
    return read;
  }

  double at(int row, int column) {
    return values[row * columns + column];
  }

  TestMatrix transposed() {
    TestMatrix result = zeros(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result.values[j * rows + i] = at(i, j);
      }
    }
    return result;
  }

  TestMatrix times(TestMatrix right) {
    TestMatrix result = zeros(rows, right.columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < right.columns; j++) {
        for (int k = 0; k < columns; k++) {
          result.values[i * right.columns + j] += at(i, k) * right.at(k, j);
        }
      }
    }
    return result;
  }

  TestMatrix plus(double factor, TestMatrix other) {
    TestMatrix result = zeros(rows, columns);
    for (int i = 0; i < values.length; i++) {
      result.values[i] = values[i] + factor * other.values[i % other.values.length];
    }
    return result;
  }

  TestMatrix columnSums() {
    TestMatrix ones = zeros(1, rows);
    Arrays.fill(ones.values, 1);
    return ones.times(this);
  }

  /** Σ of the products of elements. */
  double dot(TestMatrix other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * other.values[i];
    }
    return sum;
  }

  /** Largest difference between elements; infinite where one is not a number. */
  double distance(TestMatrix other) {
    double largest = other.values.length == values.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      double difference = Math.abs(values[i] - other.values[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }

  /** Largest magnitude of an element. */
  double largest() {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  /** The gradient of {@code function} here, by central differences. */
  TestMatrix differences(ToDoubleFunction<TestMatrix> function) {
    double h = 1e-6;
    TestMatrix gradient = zeros(rows, columns);
    for (int i = 0; i < values.length; i++) {
      TestMatrix up = new TestMatrix(rows, columns, values.clone());
      TestMatrix down = new TestMatrix(rows, columns, values.clone());
      up.values[i] += h;
      down.values[i] -= h;
      gradient.values[i] = (function.applyAsDouble(up) - function.applyAsDouble(down)) / (2 * h);
    }
    return gradient;
  }
}
