package dev.gengap.compute.nd4j;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * out ← left·right + keep·out for row-major matrices that begin anywhere in three tensors, by
 * OpenBLAS on the calling thread alone: kernels bring their own threads. Confined to one thread.
 */
abstract class Gemm {
  private final Product product;
  private final long left;
  private final long right;
  private final long out;

  /**
   * (rows, inner) times (inner, columns).
   *
   * @param left how the left matrix is stored
   * @param right how the right matrix is stored
   * @param outStride numbers from one row of the output to the next
   */
  record Product(int rows, int inner, int columns, Stored left, Stored right, int outStride) {}

  /**
   * A matrix in memory.
   *
   * @param transposed whether what is stored is the matrix transposed
   * @param stride numbers from one stored row to the next
   */
  record Stored(boolean transposed, int stride) {
    static Stored asIs(int columns) {
      return new Stored(false, columns);
    }

    /** Stored as a matrix of {@code columns}, to be taken transposed. */
    static Stored transposed(int columns) {
      return new Stored(true, columns);
    }

    private int transposition() {
      return transposed ? openblas.CblasTrans : openblas.CblasNoTrans;
    }
  }

  private Gemm(Product product, Nd4jTensor left, Nd4jTensor right, Nd4jTensor out) {
    this.product = product;
    this.left = left.offset();
    this.right = right.offset();
    this.out = out.offset();
  }

  static Gemm of(Product product, Nd4jTensor left, Nd4jTensor right, Nd4jTensor out) {
    return out.isDouble()
        ? new DoubleGemm(product, left, right, out)
        : new FloatGemm(product, left, right, out);
  }

  /** Multiplies the matrices that begin at these elements of the tensors. */
  void run(int leftAt, int rightAt, int outAt, double keep) {
    multiply(product, left + leftAt, right + rightAt, out + outAt, keep);
  }

  abstract void multiply(Product p, long leftAt, long rightAt, long outAt, double keep);

  private static final class FloatGemm extends Gemm {
    private final FloatPointer a;
    private final FloatPointer b;
    private final FloatPointer c;

    FloatGemm(Product product, Nd4jTensor left, Nd4jTensor right, Nd4jTensor out) {
      super(product, left, right, out);
      this.a = new FloatPointer(left.pointer());
      this.b = new FloatPointer(right.pointer());
      this.c = new FloatPointer(out.pointer());
    }

    @Override
    void multiply(Product p, long leftAt, long rightAt, long outAt, double keep) {
      openblas.cblas_sgemm(
          openblas.CblasRowMajor,
          p.left().transposition(),
          p.right().transposition(),
          p.rows(),
          p.columns(),
          p.inner(),
          1,
          a.position(leftAt),
          p.left().stride(),
          b.position(rightAt),
          p.right().stride(),
          (float) keep,
          c.position(outAt),
          p.outStride());
    }
  }

  private static final class DoubleGemm extends Gemm {
    private final DoublePointer a;
    private final DoublePointer b;
    private final DoublePointer c;

    DoubleGemm(Product product, Nd4jTensor left, Nd4jTensor right, Nd4jTensor out) {
      super(product, left, right, out);
      this.a = new DoublePointer(left.pointer());
      this.b = new DoublePointer(right.pointer());
      this.c = new DoublePointer(out.pointer());
    }

    @Override
    void multiply(Product p, long leftAt, long rightAt, long outAt, double keep) {
      openblas.cblas_dgemm(
          openblas.CblasRowMajor,
          p.left().transposition(),
          p.right().transposition(),
          p.rows(),
          p.columns(),
          p.inner(),
          1,
          a.position(leftAt),
          p.left().stride(),
          b.position(rightAt),
          p.right().stride(),
          keep,
          c.position(outAt),
          p.outStride());
    }
  }
}
