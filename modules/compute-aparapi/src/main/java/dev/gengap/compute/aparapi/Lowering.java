package dev.gengap.compute.aparapi;

import dev.gengap.compute.Activation;
import dev.gengap.compute.ChannelOperation;
import dev.gengap.compute.ConvolutionOperation;
import dev.gengap.compute.MatrixOperation;
import dev.gengap.compute.MatrixOperation.AddBias;
import dev.gengap.compute.MatrixOperation.ColumnSum;
import dev.gengap.compute.MatrixOperation.Factor;
import dev.gengap.compute.MatrixOperation.Matmul;
import dev.gengap.compute.NormalisationOperation;
import dev.gengap.compute.PointwiseOperation;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PoolingOperation;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import java.util.ArrayList;
import java.util.List;

/** Turns operations into passes of the kernel. */
final class Lowering {
  private final Memory memory;
  private final PointwiseLowering pointwise;
  private final ImageLowering images;
  private final NormalisationLowering normalisations;

  Lowering(Memory memory) {
    this.memory = memory;
    this.pointwise = new PointwiseLowering(memory);
    this.images = new ImageLowering(memory);
    this.normalisations = new NormalisationLowering(memory);
  }

  /** The passes of {@code operations}; a product, its bias and a ReLU after it become one. */
  List<Instruction> lower(List<TensorOperation> operations) {
    List<Instruction> instructions = new ArrayList<>();
    int next = 0;
    while (next < operations.size()) {
      TensorOperation operation = operations.get(next);
      next++;
      if (operation instanceof Matmul matmul) {
        MatmulInstruction product = product(matmul);
        if (next < operations.size() && isBiasOf(operations.get(next), matmul.out())) {
          product.columnBias(memory.at(((AddBias) operations.get(next)).bias()));
          next++;
        }
        if (next < operations.size() && isReluOf(operations.get(next), matmul.out())) {
          product.relu();
          next++;
        }
        instructions.add(product.build());
      } else {
        instructions.addAll(lower(operation));
      }
    }
    return instructions;
  }

  private List<Instruction> lower(TensorOperation operation) {
    if (operation instanceof MatrixOperation matrix) {
      return lower(matrix);
    }
    if (operation instanceof PointwiseOperation point) {
      return pointwise.lower(point);
    }
    if (operation instanceof ConvolutionOperation convolution) {
      return images.lower(convolution);
    }
    if (operation instanceof PoolingOperation pooling) {
      return List.of(images.lower(pooling));
    }
    if (operation instanceof NormalisationOperation normalisation) {
      return normalisations.lower(normalisation);
    }
    return pointwise.lower((ChannelOperation) operation);
  }

  private List<Instruction> lower(MatrixOperation operation) {
    if (operation instanceof Matmul matmul) {
      return List.of(product(matmul).build());
    }
    if (operation instanceof AddBias add) {
      Tensor values = add.values();
      return List.of(
          Instruction.of(
              Opcode.ADD_BIAS,
              memory.at(values),
              memory.at(add.bias()),
              values.size(),
              values.columns()));
    }
    ColumnSum sum = (ColumnSum) operation;
    Tensor values = sum.values();
    return List.of(
        Instruction.of(
                Opcode.COLUMN_SUM,
                memory.at(values),
                memory.at(sum.sum()),
                values.rows(),
                values.columns())
            .with(sum.keep()));
  }

  private MatmulInstruction product(Matmul matmul) {
    Factor left = matmul.left();
    Factor right = matmul.right();
    int depth = left.transposed() ? left.matrix().rows() : left.matrix().columns();
    int leftWidth = left.matrix().columns();
    int rightWidth = right.matrix().columns();
    return new MatmulInstruction(matmul.out().rows(), matmul.out().columns(), depth)
        .left(
            memory.at(left.matrix()),
            left.transposed() ? 1 : leftWidth,
            left.transposed() ? leftWidth : 1)
        .right(
            memory.at(right.matrix()),
            right.transposed() ? 1 : rightWidth,
            right.transposed() ? rightWidth : 1)
        .into(memory.at(matmul.out()), matmul.keep());
  }

  private boolean isBiasOf(TensorOperation operation, Tensor out) {
    return operation instanceof AddBias add && isSame(add.values(), out);
  }

  private boolean isReluOf(TensorOperation operation, Tensor out) {
    return operation instanceof Activate activate
        && activate.activation() instanceof Activation.Relu
        && isSame(activate.input(), out)
        && isSame(activate.output(), out);
  }

  private boolean isSame(Tensor tensor, Tensor other) {
    return memory.at(tensor) == memory.at(other) && tensor.size() == other.size();
  }
}
