package dev.gengap.compute.aparapi;

/**
 * The kernel for processors: one work item per group, no local memory and no barriers, inner loops
 * over 16 or 64 neighbours into private arrays. An OpenCL compiler for a processor keeps such an
 * array in vector registers if every index of it is constant once the loops are unrolled, so that
 * sums are copied before they are indexed in any other way.
 */
final class SerialKernel extends OperationKernel {
  /** Rows of the product that a tile computes together, and columns where they are dot products. */
  private static final int ROWS = 4;

  private static final int COLUMNS = 64;
  private static final int PLAIN = 0;
  private static final int BY_ROWS = 1;
  private static final int BY_DOTS = 2;

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
    int kind = kind();
    int width = kind == BY_ROWS ? COLUMNS : 1;
    if (kind == BY_DOTS) {
      width = ROWS;
    }
    int rowTiles = (integer(8) + ROWS - 1) / ROWS;
    int tiles = rowTiles * ((integer(9) + width - 1) / width);
    int end = last(tiles);
    int step = stride();
    for (int tile = first(tiles); tile < end; tile += step) {
      int row = tile % rowTiles * ROWS;
      int column = tile / rowTiles * width;
      if (kind == BY_ROWS) {
        rowsTile(row, column);
      } else {
        if (kind == BY_DOTS) {
          dotsTile(row, column);
        } else {
          plainTile(row, column);
        }
      }
    }
  }

  /** How the factors lie. */
  private int kind() {
    if (integer(6) == 1 && integer(9) >= COLUMNS) {
      return BY_ROWS;
    }
    if (integer(3) == 1 && integer(5) == 1) {
      return BY_DOTS;
    }
    return PLAIN;
  }

  /** 4 rows of 64 columns; the last tile of a row overlaps the one before it. */
  private void rowsTile(int row, int column) {
    float[] data = arena;
    int left = integer(1);
    int leftRow = integer(2);
    int leftStep = integer(3);
    int right = integer(4);
    int rightStep = integer(5);
    int n = integer(8);
    int m = integer(9);
    int k = integer(10);
    int start = min(column, m - COLUMNS);
    int a = left + row * leftRow;
    int b = left + min(row + 1, n - 1) * leftRow;
    int c = left + min(row + 2, n - 1) * leftRow;
    int d = left + min(row + 3, n - 1) * leftRow;
    float[] sums = new float[ROWS * COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++) {
      sums[i] = 0;
    }
    for (int q = 0; q < k; q++) {
      int y = right + q * rightStep + start;
      float xa = data[a + q * leftStep];
      float xb = data[b + q * leftStep];
      float xc = data[c + q * leftStep];
      float xd = data[d + q * leftStep];
      for (int i = 0; i < COLUMNS; i++) {
        float value = data[y + i];
        sums[i] += xa * value;
        sums[COLUMNS + i] += xb * value;
        sums[2 * COLUMNS + i] += xc * value;
        sums[3 * COLUMNS + i] += xd * value;
      }
    }
    float[] products = new float[ROWS * COLUMNS];
    for (int i = 0; i < ROWS * COLUMNS; i++) {
      products[i] = sums[i];
    }
    int rows = min(ROWS, n - row);
    int pixels = integer(11);
    for (int r = 0; r < rows; r++) {
      int line = integer(7) + (row + r) * integer(13);
      // A tile may span several images.
      for (int i = column - start; i < COLUMNS; i += pixels - (start + i) % pixels) {
        int image = (start + i) / pixels;
        int pixel = start + i - image * pixels;
        int run = min(COLUMNS - i, pixels - pixel);
        int at = line + image * integer(12) + pixel;
        int from = r * COLUMNS + i;
        if (number(0) == 0) {
          for (int j = 0; j < run; j++) {
            data[at + j] = products[from + j];
          }
        } else {
          float keep = number(0);
          for (int j = 0; j < run; j++) {
            data[at + j] = products[from + j] + keep * data[at + j];
          }
        }
        if (integer(14) > 0 || integer(16) == 1) {
          biasAndRelu(row + r, start + i, at, run);
        }
      }
    }
  }

  /** Adds the bias to neighbouring elements of a row, and drops negatives. */
  private void biasAndRelu(int row, int column, int at, int n) {
    float[] data = arena;
    if (integer(14) > 0) {
      if (integer(15) == 1) {
        float bias = data[integer(14) + row];
        for (int i = 0; i < n; i++) {
          data[at + i] += bias;
        }
      } else {
        int bias = integer(14) + column;
        for (int i = 0; i < n; i++) {
          data[at + i] += data[bias + i];
        }
      }
    }
    if (integer(16) == 1) {
      for (int i = 0; i < n; i++) {
        float value = data[at + i];
        data[at + i] = value < 0 ? 0 : value;
      }
    }
  }

  /** 4 × 4 dot products of rows with rows, each in 16 parts. */
  private void dotsTile(int row, int column) {
    float[] data = arena;
    int n = integer(8);
    int m = integer(9);
    int k = integer(10);
    int whole = k - k % LANES;
    int a = integer(1) + row * integer(2);
    int b = integer(1) + min(row + 1, n - 1) * integer(2);
    int c = integer(1) + min(row + 2, n - 1) * integer(2);
    int d = integer(1) + min(row + 3, n - 1) * integer(2);
    int e = integer(4) + column * integer(6);
    int f = integer(4) + min(column + 1, m - 1) * integer(6);
    int g = integer(4) + min(column + 2, m - 1) * integer(6);
    int h = integer(4) + min(column + 3, m - 1) * integer(6);
    float[] parts = new float[ROWS * ROWS * LANES];
    for (int i = 0; i < ROWS * ROWS * LANES; i++) {
      parts[i] = 0;
    }
    for (int q = 0; q < whole; q += LANES) {
      for (int i = 0; i < LANES; i++) {
        float xa = data[a + q + i];
        float xb = data[b + q + i];
        float xc = data[c + q + i];
        float xd = data[d + q + i];
        float ye = data[e + q + i];
        float yf = data[f + q + i];
        float yg = data[g + q + i];
        float yh = data[h + q + i];
        parts[i] += xa * ye;
        parts[LANES + i] += xa * yf;
        parts[2 * LANES + i] += xa * yg;
        parts[3 * LANES + i] += xa * yh;
        parts[4 * LANES + i] += xb * ye;
        parts[5 * LANES + i] += xb * yf;
        parts[6 * LANES + i] += xb * yg;
        parts[7 * LANES + i] += xb * yh;
        parts[8 * LANES + i] += xc * ye;
        parts[9 * LANES + i] += xc * yf;
        parts[10 * LANES + i] += xc * yg;
        parts[11 * LANES + i] += xc * yh;
        parts[12 * LANES + i] += xd * ye;
        parts[13 * LANES + i] += xd * yf;
        parts[14 * LANES + i] += xd * yg;
        parts[15 * LANES + i] += xd * yh;
      }
    }
    float[] sums = new float[ROWS * ROWS];
    for (int i = 0; i < ROWS * ROWS; i++) {
      sums[i] = 0;
      for (int j = 0; j < LANES; j++) {
        sums[i] += parts[i * LANES + j];
      }
    }
    int rows = min(ROWS, n - row);
    int columns = min(ROWS, m - column);
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < columns; s++) {
        float sum = sums[r * ROWS + s];
        int x = integer(1) + (row + r) * integer(2);
        int y = integer(4) + (column + s) * integer(6);
        for (int q = whole; q < k; q++) {
          sum += data[x + q] * data[y + q];
        }
        finish(row + r, column + s, sum);
      }
    }
  }

  private void plainTile(int row, int column) {
    float[] data = arena;
    int rows = min(ROWS, integer(8) - row);
    int k = integer(10);
    for (int r = 0; r < rows; r++) {
      int x = integer(1) + (row + r) * integer(2);
      int y = integer(4) + column * integer(6);
      float sum = 0;
      for (int q = 0; q < k; q++) {
        sum += data[x + q * integer(3)] * data[y + q * integer(5)];
      }
      finish(row + r, column, sum);
    }
  }

  /** One element to where it belongs. */
  private void finish(int row, int column, float product) {
    int image = column / integer(11);
    int at = integer(7) + row * integer(13);
    at += image * integer(12) + column - image * integer(11);
    store(at, product, number(0));
    biasAndRelu(row, column, at, 1);
  }
}
