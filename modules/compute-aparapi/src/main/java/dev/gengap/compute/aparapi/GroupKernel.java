package dev.gengap.compute.aparapi;

/**
 * The kernel for graphics processors and accelerators: groups of 256 work items, which share tiles
 * of the factors in local memory; a work item computes 4 × 4 elements of a 64 × 64 tile of the
 * product. Neighbours read and write neighbouring elements, so that transfers coalesce.
 */
final class GroupKernel extends OperationKernel {
  /** Work items of a group. */
  static final int GROUP = 256;

  private static final int TILE = 64;
  private static final int DEPTH = 16;

  /** A row of a tile in local memory, one longer so that columns fall into different banks. */
  private static final int LINE = TILE + 1;

  @Local final float[] leftTile = new float[DEPTH * LINE];
  @Local final float[] rightTile = new float[DEPTH * LINE];

  @Override
  public void run() {
    int opcode = integer(0);
    if (opcode == Opcode.MATMUL) {
      matmul();
    }
    other(opcode);
  }

  /** Integers as in {@link MatmulInstruction}. */
  private void matmul() {
    int rowTiles = (integer(8) + TILE - 1) / TILE;
    int tiles = rowTiles * ((integer(9) + TILE - 1) / TILE);
    int groups = getNumGroups();
    for (int tile = getGroupId(); tile < tiles; tile += groups) {
      tile(tile % rowTiles * TILE, tile / rowTiles * TILE);
    }
  }

  private void tile(int row, int column) {
    int item = getLocalId();
    int x = item % 16;
    int y = item / 16;
    int k = integer(10);
    float s00 = 0;
    float s01 = 0;
    float s02 = 0;
    float s03 = 0;
    float s10 = 0;
    float s11 = 0;
    float s12 = 0;
    float s13 = 0;
    float s20 = 0;
    float s21 = 0;
    float s22 = 0;
    float s23 = 0;
    float s30 = 0;
    float s31 = 0;
    float s32 = 0;
    float s33 = 0;
    for (int depth = 0; depth < k; depth += DEPTH) {
      fetchLeft(row, depth, item);
      fetchRight(column, depth, item);
      localBarrier();
      for (int q = 0; q < DEPTH; q++) {
        int line = q * LINE;
        float a0 = leftTile[line + y];
        float a1 = leftTile[line + y + 16];
        float a2 = leftTile[line + y + 32];
        float a3 = leftTile[line + y + 48];
        float b0 = rightTile[line + x];
        float b1 = rightTile[line + x + 16];
        float b2 = rightTile[line + x + 32];
        float b3 = rightTile[line + x + 48];
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
      }
      localBarrier();
    }
    finishRow(row + y, column + x, s00, s01, s02, s03);
    finishRow(row + y + 16, column + x, s10, s11, s12, s13);
    finishRow(row + y + 32, column + x, s20, s21, s22, s23);
    finishRow(row + y + 48, column + x, s30, s31, s32, s33);
  }

  /** One element to where it belongs. */
  private void finish(int row, int column, float product) {
    float[] data = arena;
    int pixels = integer(11);
    int image = column / pixels;
    int at = integer(7) + image * integer(12) + row * integer(13) + column - image * pixels;
    float value = product;
    if (number(0) != 0) {
      value += number(0) * data[at];
    }
    if (integer(14) > 0) {
      int along = integer(15) == 1 ? row : column;
      value += data[integer(14) + along];
    }
    if (integer(16) == 1 && value < 0) {
      value = 0;
    }
    data[at] = value;
  }

  private void finishRow(int row, int column, float s0, float s1, float s2, float s3) {
    int m = integer(9);
    if (row < integer(8)) {
      if (column < m) {
        finish(row, column, s0);
      }
      if (column + 16 < m) {
        finish(row, column + 16, s1);
      }
      if (column + 32 < m) {
        finish(row, column + 32, s2);
      }
      if (column + 48 < m) {
        finish(row, column + 48, s3);
      }
    }
  }

  /** Neighbouring work items fetch neighbouring elements, whichever way the factor lies. */
  private void fetchLeft(int row, int depth, int item) {
    int rowStride = integer(2);
    int depthStride = integer(3);
    for (int i = item; i < TILE * DEPTH; i += GROUP) {
      int r = depthStride == 1 ? i / DEPTH : i % TILE;
      int q = depthStride == 1 ? i % DEPTH : i / TILE;
      float value = 0;
      if (row + r < integer(8) && depth + q < integer(10)) {
        value = arena[integer(1) + (row + r) * rowStride + (depth + q) * depthStride];
      }
      leftTile[q * LINE + r] = value;
    }
  }

  private void fetchRight(int column, int depth, int item) {
    int columnStride = integer(6);
    int depthStride = integer(5);
    for (int i = item; i < TILE * DEPTH; i += GROUP) {
      int c = columnStride == 1 ? i % TILE : i / DEPTH;
      int q = columnStride == 1 ? i / TILE : i % DEPTH;
      float value = 0;
      if (column + c < integer(9) && depth + q < integer(10)) {
        value = arena[integer(4) + (column + c) * columnStride + (depth + q) * depthStride];
      }
      rightTile[q * LINE + c] = value;
    }
  }
}
