package dev.gengap.compute.nd4j;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** A row of floats. */
final class FloatRow extends Row {
  /** Twice, it takes the smallest positive number above 1. */
  private static final float HUGE = 1e30f;

  private final float[] values;

  FloatRow(int length) {
    values = new float[length];
  }

  @Override
  FloatRow ofLength(int length) {
    return new FloatRow(length);
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
    Arrays.fill(values, from, to, (float) value);
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
    float[] z = values;
    float[] xs = of(x);
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
    float[] z = values;
    float[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[to + i * stride] += xs[from + i];
    }
  }

  @Override
  void add(Row x, int n) {
    float[] z = values;
    float[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[i] += xs[i];
    }
  }

  @Override
  void addScaled(double a, Row x, int n) {
    float[] z = values;
    float[] xs = of(x);
    float factor = (float) a;
    for (int i = 0; i < n; i++) {
      z[i] += factor * xs[i];
    }
  }

  @Override
  void addScaledSquare(double a, Row x, int n) {
    float[] z = values;
    float[] xs = of(x);
    float factor = (float) a;
    for (int i = 0; i < n; i++) {
      z[i] += factor * xs[i] * xs[i];
    }
  }

  @Override
  void addProduct(Row x, Row y, int n) {
    float[] z = values;
    float[] xs = of(x);
    float[] ys = of(y);
    for (int i = 0; i < n; i++) {
      z[i] += xs[i] * ys[i];
    }
  }

  @Override
  void addSquaredDifference(Row x, Row mean, int n) {
    float[] z = values;
    float[] xs = of(x);
    float[] means = of(mean);
    for (int i = 0; i < n; i++) {
      float difference = xs[i] - means[i];
      z[i] += difference * difference;
    }
  }

  @Override
  void subtract(Row x, int n) {
    float[] z = values;
    float[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[i] -= xs[i];
    }
  }

  @Override
  void multiply(Row x, int n) {
    float[] z = values;
    float[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[i] *= xs[i];
    }
  }

  @Override
  void divide(Row x, int n) {
    float[] z = values;
    float[] xs = of(x);
    for (int i = 0; i < n; i++) {
      z[i] /= xs[i];
    }
  }

  @Override
  void affine(double a, double b, int n) {
    float[] z = values;
    float factor = (float) a;
    float shift = (float) b;
    for (int i = 0; i < n; i++) {
      z[i] = factor * z[i] + shift;
    }
  }

  @Override
  void normalise(Row mean, Row scale, Row shift, int n) {
    float[] z = values;
    float[] means = of(mean);
    float[] scales = of(scale);
    float[] shifts = of(shift);
    for (int i = 0; i < n; i++) {
      z[i] = (z[i] - means[i]) * scales[i] + shifts[i];
    }
  }

  @Override
  void combine(Row a, Row x, Row b, Row c, int n) {
    float[] z = values;
    float[] as = of(a);
    float[] xs = of(x);
    float[] bs = of(b);
    float[] cs = of(c);
    for (int i = 0; i < n; i++) {
      z[i] = z[i] * as[i] + xs[i] * bs[i] + cs[i];
    }
  }

  @Override
  void rectify(double slope, int n) {
    float[] z = values;
    float factor = (float) slope;
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0) + factor * Math.min(z[i], 0);
    }
  }

  @Override
  void rectify(int n) {
    float[] z = values;
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0);
    }
  }

  @Override
  void rectifyWhere(Row y, double slope, int n) {
    float[] z = values;
    float[] ys = of(y);
    float factor = (float) slope;
    for (int i = 0; i < n; i++) {
      float passed = Math.max(0, Math.min(1, ys[i] * HUGE * HUGE));
      z[i] = z[i] * passed + z[i] * factor * (1 - passed);
    }
  }

  @Override
  void rectifyWhere(Row y, int n) {
    float[] z = values;
    float[] ys = of(y);
    for (int i = 0; i < n; i++) {
      z[i] = z[i] * Math.max(0, Math.min(1, ys[i] * HUGE * HUGE)) + 0;
    }
  }

  @Override
  void power(double exponent, int n) {
    float[] z = values;
    if (exponent == -0.75) {
      for (int i = 0; i < n; i++) {
        float root = (float) Math.sqrt(z[i]);
        z[i] = 1 / (root * (float) Math.sqrt(root));
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      z[i] = (float) StrictMath.pow(z[i], exponent);
    }
  }

  @Override
  void addRatio(double a, Row x, double b, Row y, double epsilon, int n) {
    float[] z = values;
    float[] xs = of(x);
    float[] ys = of(y);
    float numerator = (float) a;
    float denominator = (float) b;
    float least = (float) epsilon;
    for (int i = 0; i < n; i++) {
      z[i] += numerator * xs[i] / ((float) Math.sqrt(denominator * ys[i]) + least);
    }
  }

  @Override
  void map(DoubleUnaryOperator f, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = (float) f.applyAsDouble(values[i]);
    }
  }

  @Override
  void multiplyMapped(DoubleUnaryOperator f, Row x, int n) {
    float[] xs = of(x);
    for (int i = 0; i < n; i++) {
      values[i] = (float) (values[i] * f.applyAsDouble(xs[i]));
    }
  }

  private static float[] of(Row row) {
    return ((FloatRow) row).values;
  }
}
