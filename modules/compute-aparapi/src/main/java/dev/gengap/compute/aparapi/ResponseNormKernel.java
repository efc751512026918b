package dev.gengap.compute.aparapi;

/**
 * Local response norm. Integers: 3 batch, 4 channels, 5 pixels of a plane, 6 channels before, 7
 * after; numbers: 1 α/n, 2 β, 3 k.
 */
abstract class ResponseNormKernel extends LayerNormKernel {

  void responseNorm(int opcode) {
    int pixels = integer(5);
    int piece = piece(LANES);
    int planePieces = (pixels + piece - 1) / piece;
    int pieces = integer(3) * integer(4) * planePieces;
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int plane = p / planePieces;
      int pixel = (p - plane * planePieces) * piece;
      int at = plane * pixels + pixel;
      int n = min(piece, pixels - pixel);
      if (opcode == Opcode.RESPONSE_NORM) {
        normaliseResponses(at, plane, n);
      }
      if (opcode == Opcode.RESPONSE_SCALE) {
        scaleResponses(at, plane, n);
      }
      if (opcode == Opcode.RESPONSE_NORM_BACKWARD) {
        backResponses(at, plane, n);
      }
    }
  }

  /** base^−β. */
  private float power(float base, float beta) {
    if (beta == 0.75f) {
      float root = sqrt(base);
      return 1 / (root * sqrt(root));
    }
    return pow(base, -beta);
  }

  /** From integer 1 to integer 2. */
  private void normaliseResponses(int at, int plane, int n) {
    float[] data = arena;
    int input = integer(1) + at;
    int output = integer(2) + at;
    int pixels = integer(5);
    int channel = plane % integer(4);
    int from = max(0, channel - integer(6)) - channel;
    int until = min(integer(4), channel + integer(7) + 1) - channel;
    float scale = number(1);
    float beta = number(2);
    float k = number(3);
    float[] sums = new float[LANES];
    for (int i = 0; i < n; i++) {
      sums[i] = 0;
    }
    for (int c = from; c < until; c++) {
      for (int i = 0; i < n; i++) {
        float x = data[input + c * pixels + i];
        sums[i] += x * x;
      }
    }
    for (int i = 0; i < n; i++) {
      sums[i] = data[input + i] * power(k + scale * sums[i], beta);
    }
    for (int i = 0; i < n; i++) {
      data[output + i] = sums[i];
    }
  }

  /** From integer 1: the bases, then y·∂y/base. Integers: 8 output, 9 its gradient. */
  private void scaleResponses(int at, int plane, int n) {
    float[] data = arena;
    int input = integer(1) + at;
    int pixels = integer(5);
    int channels = integer(4);
    int channel = plane % channels;
    int from = max(0, channel - integer(6)) - channel;
    int until = min(channels, channel + integer(7) + 1) - channel;
    int bases = integer(2) + at;
    int quotients = bases + integer(3) * channels * pixels;
    int output = integer(8) + at;
    int gradient = integer(9) + at;
    float scale = number(1);
    float k = number(3);
    float[] sums = new float[LANES];
    for (int i = 0; i < n; i++) {
      sums[i] = 0;
    }
    for (int c = from; c < until; c++) {
      for (int i = 0; i < n; i++) {
        float x = data[input + c * pixels + i];
        sums[i] += x * x;
      }
    }
    for (int i = 0; i < n; i++) {
      float base = k + scale * sums[i];
      data[bases + i] = base;
      data[quotients + i] = data[output + i] * data[gradient + i] / base;
    }
  }

  /** Integers: 8 what {@link #scaleResponses} made, 9 output's gradient; number 0: keep. */
  private void backResponses(int at, int plane, int n) {
    float[] data = arena;
    int input = integer(1) + at;
    int into = integer(2) + at;
    int pixels = integer(5);
    int channels = integer(4);
    int channel = plane % channels;
    int from = max(0, channel - integer(7)) - channel;
    int until = min(channels, channel + integer(6) + 1) - channel;
    int bases = integer(8) + at;
    int quotients = bases + integer(3) * channels * pixels;
    int gradient = integer(9) + at;
    float keep = number(0);
    float beta = number(2);
    float scale = 2 * beta * number(1);
    float[] sums = new float[LANES];
    for (int i = 0; i < n; i++) {
      sums[i] = 0;
    }
    for (int c = from; c < until; c++) {
      for (int i = 0; i < n; i++) {
        sums[i] += data[quotients + c * pixels + i];
      }
    }
    for (int i = 0; i < n; i++) {
      float own = data[gradient + i] * power(data[bases + i], beta);
      sums[i] = own - scale * data[input + i] * sums[i];
    }
    for (int i = 0; i < n; i++) {
      store(into + i, sums[i], keep);
    }
  }
}
