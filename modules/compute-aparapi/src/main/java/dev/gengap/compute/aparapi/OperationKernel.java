package dev.gengap.compute.aparapi;

/** All operations but the product of matrices, which differs from device to device. */
abstract class OperationKernel extends ResponseNormKernel {

  /** Runs what is no product. */
  void other(int opcode) {
    if (opcode < Opcode.MATMUL) {
      transfer(opcode);
    }
    if (opcode > Opcode.MATMUL && opcode < Opcode.CROSS_ENTROPY) {
      pointwise(opcode);
    }
    if (opcode >= Opcode.CROSS_ENTROPY && opcode < Opcode.UNFOLD) {
      update(opcode);
    }
    if (opcode >= Opcode.UNFOLD && opcode < Opcode.MAX_POOL) {
      image(opcode);
    }
    if (opcode >= Opcode.MAX_POOL && opcode < Opcode.PLANE_SUMS) {
      pool(opcode);
    }
    if (opcode >= Opcode.PLANE_SUMS && opcode < Opcode.LAYER_NORM) {
      batchNorm(opcode);
    }
    if (opcode >= Opcode.LAYER_NORM && opcode < Opcode.RESPONSE_NORM) {
      layerNorm(opcode);
    }
    if (opcode >= Opcode.RESPONSE_NORM) {
      responseNorm(opcode);
    }
  }
}
