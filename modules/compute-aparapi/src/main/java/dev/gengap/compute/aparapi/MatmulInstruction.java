package dev.gengap.compute.aparapi;

/**
 * Makes the instruction out ← left·right + keep·out (+ bias, then perhaps max(0, ·)). Its integers:
 * 1–3 offset, row and depth stride of left; 4–6 offset, depth and column stride of right; 7 offset
 * of out; 8 rows, 9 columns, 10 depth; 11 columns of one image, 12 stride from image to image, 13
 * row stride of out; 14 offset of the bias or 0, 15 whether it goes along rows, 16 whether
 * negatives become 0. Number 0: keep.
 */
final class MatmulInstruction {
  private final int[] integers = new int[17];
  private double keep;

  /** Of a (rows, depth) and a (depth, columns) matrix. */
  MatmulInstruction(int rows, int columns, int depth) {
    integers[0] = Opcode.MATMUL;
    integers[8] = rows;
    integers[9] = columns;
    integers[10] = depth;
  }

  MatmulInstruction left(int offset, int rowStride, int depthStride) {
    integers[1] = offset;
    integers[2] = rowStride;
    integers[3] = depthStride;
    return this;
  }

  MatmulInstruction right(int offset, int depthStride, int columnStride) {
    integers[4] = offset;
    integers[5] = depthStride;
    integers[6] = columnStride;
    return this;
  }

  /** To a matrix, row-major. */
  MatmulInstruction into(int offset, double keep) {
    return intoImages(offset, integers[9], 0, integers[9]).keeping(keep);
  }

  /** To (image, row, pixel), where a column is a pixel of an image. */
  MatmulInstruction intoImages(int offset, int pixels, int imageStride, int rowStride) {
    integers[7] = offset;
    integers[11] = pixels;
    integers[12] = imageStride;
    integers[13] = rowStride;
    return this;
  }

  MatmulInstruction columnBias(int offset) {
    integers[14] = offset;
    return this;
  }

  MatmulInstruction rowBias(int offset) {
    integers[14] = offset;
    integers[15] = 1;
    return this;
  }

  MatmulInstruction relu() {
    integers[16] = 1;
    return this;
  }

  private MatmulInstruction keeping(double value) {
    keep = value;
    return this;
  }

  Instruction build() {
    return Instruction.of(integers).with(keep);
  }
}
