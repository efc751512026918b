package dev.gengap.compute.nd4j;

import java.util.function.DoubleUnaryOperator;

/**
 * Some consecutive numbers of a tensor on the heap, and what is computed with them. Java compiles
 * loops over arrays to vector instructions, but not loops over the buffers that tensors lie in, so
 * kernels copy a row in, compute, and copy it out while it is in the processor's cache. Each method
 * works on the first {@code n} numbers of every row named. Confined to one thread.
 */
abstract class Row {

  /** A row of {@code length} zeros of the precision of {@code like}. */
  abstract Row ofLength(int length);

  abstract int length();

  abstract double get(int index);

  /** this ← n numbers of {@code tensor} from {@code at} on. */
  abstract void load(Nd4jTensor tensor, int at, int n);

  /** n numbers of {@code tensor} from {@code at} on ← this. */
  abstract void store(Nd4jTensor tensor, int at, int n);

  /** this[from … to) ← value. */
  abstract void fill(int from, int to, double value);

  /** The sum of this[from … to), in double. */
  abstract double sum(int from, int to);

  /** this ← x. */
  abstract void copy(Row x, int n);

  /** this[to … to + n) ← x[from], x[from + stride], … */
  abstract void pick(int to, int n, Row x, int from, int stride);

  /** this[to], this[to + stride], … ← these + x[from … from + n). */
  abstract void addSpread(int to, int stride, Row x, int from, int n);

  /** this ← this + x. */
  abstract void add(Row x, int n);

  /** this ← this + a·x. */
  abstract void addScaled(double a, Row x, int n);

  /** this ← this + a·x². */
  abstract void addScaledSquare(double a, Row x, int n);

  /** this ← this + x·y. */
  abstract void addProduct(Row x, Row y, int n);

  /** this ← this + (x − mean)². */
  abstract void addSquaredDifference(Row x, Row mean, int n);

  /** this ← this − x. */
  abstract void subtract(Row x, int n);

  /** this ← this · x. */
  abstract void multiply(Row x, int n);

  /** this ← this / x. */
  abstract void divide(Row x, int n);

  /** this ← a·this + b. */
  abstract void affine(double a, double b, int n);

  /** this ← (this − mean)·scale + shift. */
  abstract void normalise(Row mean, Row scale, Row shift, int n);

  /** this ← this·a + x·b + c. */
  abstract void combine(Row a, Row x, Row b, Row c, int n);

  /** this ← this where this &gt; 0, else slope·this. */
  abstract void rectify(double slope, int n);

  /** this ← max(this, 0). */
  abstract void rectify(int n);

  // Signs of gradients are as good as random: a branch on them would cost more than all else.

  /** this ← this where y &gt; 0, else slope·this. */
  abstract void rectifyWhere(Row y, double slope, int n);

  /** this ← this where y &gt; 0, else 0. */
  abstract void rectifyWhere(Row y, int n);

  /** this ← this^exponent, for positive numbers. */
  abstract void power(double exponent, int n);

  /** this ← this + a·x/(√(b·y) + ε). */
  abstract void addRatio(double a, Row x, double b, Row y, double epsilon, int n);

  /** this ← f(this). */
  abstract void map(DoubleUnaryOperator f, int n);

  /** this ← this·f(x). */
  abstract void multiplyMapped(DoubleUnaryOperator f, Row x, int n);
}
