package dev.gengap.compute.nd4j;

import dev.gengap.compute.MatrixOperation;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.ColumnSum;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Precision;
import java.util.Arrays;

/**
 * Prepares products and sums of matrices: oneDNN's GEMM by ND4J in float32, OpenBLAS's in float64.
 */
record MatrixPreparer(Nd4jWorkspace workspace) {

  Operation prepare(MatrixOperation operation) {
    if (operation instanceof Matmul matmul) {
      return matmul(matmul);
    }
    if (operation instanceof AddBias add) {
      return addBias(add);
    }
    return columnSum((ColumnSum) operation);
  }

  private Operation matmul(Matmul matmul) {
    if (workspace.precision() == Precision.FLOAT64) {
      return workspace.host(new MatmulKernel(matmul, workspace));
    }
    return CustomOperation.named("matmul")
        .inputs(workspace.own(matmul.left().matrix()), workspace.own(matmul.right().matrix()))
        .numbers(1, matmul.keep())
        .integers(matmul.left().transposed() ? 1 : 0, matmul.right().transposed() ? 1 : 0, 0)
        .outputs(workspace.own(matmul.out()))
        .in(workspace);
  }

  private Operation addBias(AddBias add) {
    Nd4jTensor values = workspace.own(add.values());
    return CustomOperation.named("biasadd")
        .inputs(values, workspace.own(add.bias()))
        .outputs(values)
        .in(workspace);
  }

  /** A row of ones times the matrix: a GEMM, so that what stays of the sum rides in its beta. */
  private Operation columnSum(ColumnSum columns) {
    Nd4jTensor values = workspace.own(columns.values());
    Nd4jTensor ones = workspace.allocate(1, values.rows());
    double[] one = new double[values.rows()];
    Arrays.fill(one, 1);
    ones.write(one, one.length);
    return CustomOperation.named("matmul")
        .inputs(ones, values)
        .numbers(1, columns.keep())
        .integers(0, 0, 0)
        .outputs(workspace.own(columns.sum()).view(0, 1, values.columns()))
        .in(workspace);
  }
}
