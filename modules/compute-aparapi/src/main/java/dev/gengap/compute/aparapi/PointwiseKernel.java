package dev.gengap.compute.aparapi;

/** Operations on each element alone, and sums of columns. */
abstract class PointwiseKernel extends ArenaKernel {
  static final int LEAKY_RELU = 1;
  static final int TANH = 2;
  static final int GELU = 3;

  void pointwise(int opcode) {
    if (opcode == Opcode.ADD_BIAS) {
      addBias(integer(1), integer(2), integer(3), integer(4));
    }
    if (opcode == Opcode.COLUMN_SUM) {
      columnSum(integer(1), integer(2), integer(3), integer(4), number(0));
    }
    if (opcode == Opcode.RELU) {
      relu(integer(2), integer(3), integer(4));
    }
    if (opcode == Opcode.RELU_BACKWARD) {
      reluBackward(integer(5), integer(2), integer(3));
    }
    if (opcode == Opcode.ACTIVATE) {
      activate(integer(1), integer(2), integer(3), integer(4), number(0));
    }
    if (opcode == Opcode.ACTIVATE_BACKWARD) {
      activateBackward(integer(1), integer(2), integer(3));
    }
    if (opcode == Opcode.MULTIPLY) {
      multiply(integer(1), integer(2), integer(3));
    }
    if (opcode == Opcode.ACCUMULATE) {
      accumulate(integer(1), integer(2), integer(3), number(0));
    }
    if (opcode == Opcode.COPY_BLOCKS) {
      copyBlocks(integer(1), integer(2), integer(3), integer(4), integer(5), integer(6));
    }
  }

  private void addBias(int values, int bias, int n, int columns) {
    float[] data = arena;
    int piece = piece(columns);
    int pieces = n / piece;
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int at = values + p * piece;
      int from = bias + p * piece % columns;
      for (int i = 0; i < piece; i++) {
        data[at + i] += data[from + i];
      }
    }
  }

  private void columnSum(int values, int sum, int rows, int columns, float keep) {
    int piece = piece(LANES);
    int pieces = (columns + piece - 1) / piece;
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int begin = p * piece;
      if (piece == LANES && begin + LANES <= columns) {
        sixteenColumns(values + begin, sum + begin, rows, columns, keep);
      } else {
        int until = min(columns, begin + piece);
        for (int column = begin; column < until; column++) {
          float total = 0;
          for (int row = 0; row < rows; row++) {
            total += arena[values + row * columns + column];
          }
          store(sum + column, total, keep);
        }
      }
    }
  }

  private void sixteenColumns(int values, int sum, int rows, int columns, float keep) {
    float[] totals = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      totals[i] = 0;
    }
    for (int row = 0; row < rows; row++) {
      int at = values + row * columns;
      for (int i = 0; i < LANES; i++) {
        totals[i] += arena[at + i];
      }
    }
    for (int i = 0; i < LANES; i++) {
      store(sum + i, totals[i], keep);
    }
  }

  /** Without keep, what was there is not read: it may be no number. */
  void store(int at, float value, float keep) {
    float[] data = arena;
    if (keep == 0) {
      data[at] = value;
    } else {
      data[at] = value + keep * data[at];
    }
  }

  private void activate(int kind, int input, int output, int n, float slope) {
    float[] data = arena;
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        data[output + i] = activation(kind, data[input + i], slope);
      }
    }
  }

  /** By itself, because it is common, and so simple that a test of its kind would cost more. */
  private void relu(int input, int output, int n) {
    float[] data = arena;
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        float x = data[input + i];
        // Not max(x, 0), which hides a NaN.
        data[output + i] = x < 0 ? 0 : x;
      }
    }
  }

  private float activation(int kind, float x, float slope) {
    if (kind == LEAKY_RELU) {
      return x > 0 ? x : slope * x;
    }
    if (kind == TANH) {
      return tanh(x);
    }
    return x * normal(x);
  }

  private void activateBackward(int kind, int gradient, int n) {
    float[] data = arena;
    int seen = kind == GELU ? integer(4) : integer(5);
    float slope = number(0);
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        data[gradient + i] = backward(kind, data[seen + i], data[gradient + i], slope);
      }
    }
  }

  private void reluBackward(int output, int gradient, int n) {
    float[] data = arena;
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        float g = data[gradient + i];
        data[gradient + i] = data[output + i] > 0 ? g : 0;
      }
    }
  }

  /** The gradient g times the derivative, which GELU takes of its input, others of their output. */
  private float backward(int kind, float seen, float g, float slope) {
    if (kind == LEAKY_RELU) {
      return seen > 0 ? g : slope * g;
    }
    if (kind == TANH) {
      return g * (1 - seen * seen);
    }
    return g * (normal(seen) + seen * 0.3989423f * exp(-0.5f * seen * seen));
  }

  /**
   * Φ(x) = erfc(−x/√2)/2, with the Chebyshev fit of erfc in Press et al., Numerical Recipes, 6.2:
   * its relative error is below 1.2e-7 everywhere, which is float's own.
   */
  private float normal(float x) {
    float z = abs(x) * 0.70710677f;
    float t = 1 / (1 + 0.5f * z);
    float low = -0.18628806f + t * (0.27886808f + t * (-1.135204f + t * 1.4885159f));
    low = 1.0000237f + t * (0.37409195f + t * (0.09678418f + t * low));
    float t4 = t * t * t * t;
    float high = t4 * t4 * (-0.82215226f + t * 0.17087276f);
    float tail = 0.5f * t * exp(-z * z - 1.2655122f + t * low + high);
    return x < 0 ? tail : 1 - tail;
  }

  private void multiply(int values, int factors, int n) {
    float[] data = arena;
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        data[values + i] *= data[factors + i];
      }
    }
  }

  private void accumulate(int source, int into, int n, float keep) {
    float[] data = arena;
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    if (keep == 0) {
      for (int at = getGlobalId() * piece; at < n; at += hop) {
        int until = min(n, at + piece);
        for (int i = at; i < until; i++) {
          data[into + i] = data[source + i];
        }
      }
    } else {
      for (int at = getGlobalId() * piece; at < n; at += hop) {
        int until = min(n, at + piece);
        for (int i = at; i < until; i++) {
          data[into + i] = data[source + i] + keep * data[into + i];
        }
      }
    }
  }

  /** Rows of a certain width from one matrix into another, each with its distance between rows. */
  private void copyBlocks(
      int source, int into, int rows, int width, int sourceStride, int intoStride) {
    float[] data = arena;
    float keep = number(0);
    int piece = piece(width);
    int pieces = rows * (width / piece);
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int row = p * piece / width;
      int column = p * piece - row * width;
      int from = source + row * sourceStride + column;
      int to = into + row * intoStride + column;
      if (keep == 0) {
        for (int i = 0; i < piece; i++) {
          data[to + i] = data[from + i];
        }
      } else {
        for (int i = 0; i < piece; i++) {
          data[to + i] = data[from + i] + keep * data[to + i];
        }
      }
    }
  }
}
