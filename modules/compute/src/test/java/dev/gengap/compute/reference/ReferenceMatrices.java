package dev.gengap.compute.reference;

import dev.gengap.compute.MatrixOperation;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.ColumnSum;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.Operation;

/** Products and sums of matrices. */
record ReferenceMatrices(ReferenceWorkspace workspace) {

  Operation prepare(MatrixOperation operation) {
    if (operation instanceof Matmul matmul) {
      return matmul(matmul);
    }
    if (operation instanceof AddBias add) {
      ReferenceTensor values = workspace.own(add.values());
      ReferenceTensor bias = workspace.own(add.bias());
      return () -> addBias(values, bias);
    }
    ColumnSum sum = (ColumnSum) operation;
    ReferenceTensor values = workspace.own(sum.values());
    ReferenceTensor into = workspace.own(sum.sum());
    return () -> into.accumulate(columnSums(values), sum.keep());
  }

  private Operation matmul(Matmul matmul) {
    ReferenceTensor left = workspace.own(matmul.left().matrix());
    ReferenceTensor right = workspace.own(matmul.right().matrix());
    ReferenceTensor out = workspace.own(matmul.out());
    int inner = matmul.left().transposed() ? left.rows() : left.columns();
    return () -> {
      double[] product = new double[out.size()];
      for (int i = 0; i < out.rows(); i++) {
        for (int j = 0; j < out.columns(); j++) {
          for (int k = 0; k < inner; k++) {
            product[i * out.columns() + j] +=
                at(matmul.left(), left, i, k) * at(matmul.right(), right, k, j);
          }
        }
      }
      out.accumulate(product, matmul.keep());
    };
  }

  private static double at(Factor factor, ReferenceTensor matrix, int i, int j) {
    return factor.transposed() ? matrix.at(j, i) : matrix.at(i, j);
  }

  private static void addBias(ReferenceTensor values, ReferenceTensor bias) {
    for (int i = 0; i < values.size(); i++) {
      values.set(i, values.get(i) + bias.get(i % bias.size()));
    }
  }

  private static double[] columnSums(ReferenceTensor values) {
    double[] sums = new double[values.columns()];
    for (int i = 0; i < values.size(); i++) {
      sums[i % sums.length] += values.get(i);
    }
    return sums;
  }
}
