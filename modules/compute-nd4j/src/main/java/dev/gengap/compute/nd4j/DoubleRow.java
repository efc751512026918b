package dev.gengap.compute.nd4j;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** A row of doubles. */
final class DoubleRow extends Row {
  /** Twice, it takes the smallest positive number above 1. */
  private static final double HUGE = 1e200;

  private final double[] values;

  DoubleRow(int length) {
    values = new double[length];
  }

  @Override
  DoubleRow ofLength(int length) {
    return new DoubleRow(length);
  }

  @Override
  int length() {
    return values.length;
  }

  @Override
  double get(int index) {
    return values[index];
  }

  @Override
  void load(Nd4jTensor tensor, int at, int n) {
    tensor.load(at, values, n);
  }

  @Override
  void store(Nd4jTensor tensor, int at, int n) {
    tensor.store(at, values, n);
  }

  @Override
  void fill(int from, int to, double value) {
    Arrays.fill(values, from, to, value);
  }

  @Override
  double sum(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum;
  }

  @Override
  void copy(Row x, int n) {
    System.arraycopy(of(x), 0, values, 0, n);
  }

  @Override
  void pick(int to, int n, Row x, int from, int stride) {
    double[] z = values;
    double[] xs = of(x);
    if (stride == 1) {
      System.arraycopy(xs, from, z, to, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      z[to + i] = xs[from + i * stride];
    }
  }

  @Override
  void addSpread(int to, int stride, Row x, int from, int n) {
    double[] z = values;
    double[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[to + i * stride] += xs[from + i];
    }
  }

  @Override
  void add(Row x, int n) {
    double[] z = values;
    double[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[i] += xs[i];
    }
  }

  @Override
  void addScaled(double a, Row x, int n) {
    double[] z = values;
    double[] xs = of(x);
    double factor = a;
    for (int i = 0; i < n; i++) {
      z[i] += factor * xs[i];
    }
  }

  @Override
  void addScaledSquare(double a, Row x, int n) {
    double[] z = values;
    double[] xs = of(x);
    double factor = a;
    for (int i = 0; i < n; i++) {
      z[i] += factor * xs[i] * xs[i];
    }
  }

  @Override
  void addProduct(Row x, Row y, int n) {
    double[] z = values;
    double[] xs = of(x);
    double[] ys = of(y);
    for (int i = 0; i < n; i++) {
      z[i] += xs[i] * ys[i];
    }
  }

  @Override
  void addSquaredDifference(Row x, Row mean, int n) {
    double[] z = values;
    double[] xs = of(x);
    double[] means = of(mean);
    for (int i = 0; i < n; i++) {
      double difference = xs[i] - means[i];
      z[i] += difference * difference;
    }
  }

  @Override
  void subtract(Row x, int n) {
    double[] z = values;
    double[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[i] -= xs[i];
    }
  }

  @Override
  void multiply(Row x, int n) {
    double[] z = values;
    double[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[i] *= xs[i];
    }
  }

  @Override
  void divide(Row x, int n) {
    double[] z = values;
    double[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[i] /= xs[i];
    }
  }

  @Override
  void affine(double a, double b, int n) {
    double[] z = values;
    double factor = a;
    double shift = b;
    for (int i = 0; i < n; i++) {
      z[i] = factor * z[i] + shift;
    }
  }

  @Override
  void normalise(Row mean, Row scale, Row shift, int n) {
    double[] z = values;
    double[] means = of(mean);
    double[] scales = of(scale);
    double[] shifts = of(shift);
    for (int i = 0; i < n; i++) {
      z[i] = (z[i] - means[i]) * scales[i] + shifts[i];
    }
  }

  @Override
  void combine(Row a, Row x, Row b, Row c, int n) {
    double[] z = values;
    double[] as = of(a);
    double[] xs = of(x);
    double[] bs = of(b);
    double[] cs = of(c);
    for (int i = 0; i < n; i++) {
      z[i] = z[i] * as[i] + xs[i] * bs[i] + cs[i];
    }
  }

  @Override
  void rectify(double slope, int n) {
    double[] z = values;
    double factor = slope;
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0) + factor * Math.min(z[i], 0);
    }
  }

  @Override
  void rectify(int n) {
    double[] z = values;
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0);
    }
  }

  @Override
  void rectifyWhere(Row y, double slope, int n) {
    double[] z = values;
    double[] ys = of(y);
    double factor = slope;
    for (int i = 0; i < n; i++) {
      double passed = Math.max(0, Math.min(1, ys[i] * HUGE * HUGE));
      z[i] = z[i] * passed + z[i] * factor * (1 - passed);
    }
  }

  @Override
  void rectifyWhere(Row y, int n) {
    double[] z = values;
    double[] ys = of(y);
    for (int i = 0; i < n; i++) {
      z[i] = z[i] * Math.max(0, Math.min(1, ys[i] * HUGE * HUGE)) + 0;
    }
  }

  @Override
  void power(double exponent, int n) {
    double[] z = values;
    if (exponent == -0.75) {
      for (int i = 0; i < n; i++) {
        double root = Math.sqrt(z[i]);
        z[i] = 1 / (root * Math.sqrt(root));
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      z[i] = StrictMath.pow(z[i], exponent);
    }
  }

  @Override
  void addRatio(double a, Row x, double b, Row y, double epsilon, int n) {
    double[] z = values;
    double[] xs = of(x);
    double[] ys = of(y);
    double numerator = a;
    double denominator = b;
    double least = epsilon;
    for (int i = 0; i < n; i++) {
      z[i] += numerator * xs[i] / (Math.sqrt(denominator * ys[i]) + least);
    }
  }

  @Override
  void map(DoubleUnaryOperator f, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = f.applyAsDouble(values[i]);
    }
  }

  @Override
  void multiplyMapped(DoubleUnaryOperator f, Row x, int n) {
    double[] xs = of(x);
    for (int i = 0; i < n; i++) {
      values[i] = (values[i] * f.applyAsDouble(xs[i]));
    }
  }

  private static double[] of(Row row) {
    return ((DoubleRow) row).values;
  }
}
