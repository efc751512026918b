package dev.gengap.compute.nd4j;

import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;

/**
 * A product of matrices, some rows of the output at a time. For float64: ND4J's own runs on one
 * thread, since OpenBLAS has to (see {@link NativeLibrary}).
 */
final class MatmulKernel implements HostKernel {
  private static final int ROWS = 64;

  private final int rows;
  private final int columns;
  private final int leftStep;
  private final double keep;
  private final long work;
  private final Gemm[] whole;
  private final Gemm[] rest;

  MatmulKernel(Matmul matmul, Nd4jWorkspace workspace) {
    Factor left = matmul.left();
    Nd4jTensor a = workspace.own(left.matrix());
    Nd4jTensor b = workspace.own(matmul.right().matrix());
    Nd4jTensor out = workspace.own(matmul.out());
    this.rows = out.rows();
    this.columns = out.columns();
    this.leftStep = left.transposed() ? 1 : a.columns();
    this.keep = matmul.keep();
    int inner = left.transposed() ? a.rows() : a.columns();
    this.work = (long) rows * columns * inner / 8;
    this.whole = new Gemm[workspace.threads()];
    this.rest = new Gemm[workspace.threads()];
    Gemm.Stored storedLeft = new Gemm.Stored(left.transposed(), a.columns());
    Gemm.Stored storedRight = new Gemm.Stored(matmul.right().transposed(), b.columns());
    for (int i = 0; i < whole.length; i++) {
      whole[i] =
          Gemm.of(
              new Gemm.Product(
                  Math.min(ROWS, rows), inner, columns, storedLeft, storedRight, columns),
              a,
              b,
              out);
      rest[i] =
          Gemm.of(
              new Gemm.Product(rows % ROWS, inner, columns, storedLeft, storedRight, columns),
              a,
              b,
              out);
    }
  }

  @Override
  public int items() {
    return (rows + ROWS - 1) / ROWS;
  }

  @Override
  public long work() {
    return work;
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(0, 0);
  }

  @Override
  public void run(int item, Scratch scratch) {
    int first = item * ROWS;
    Gemm gemm = (rows - first < ROWS ? rest : whole)[scratch.thread()];
    gemm.run(first * leftStep, 0, first * columns, keep);
  }
}
