package dev.gengap.compute.aparapi;

/** The loss and its gradient, and the steps of the optimisers, one pass each. */
abstract class UpdateKernel extends PointwiseKernel {

  void update(int opcode) {
    if (opcode == Opcode.CROSS_ENTROPY) {
      crossEntropy(integer(1), integer(2), integer(3), integer(4), integer(5), integer(6));
    }
    if (opcode == Opcode.DECAYED_VELOCITY) {
      decayedVelocity(integer(1), integer(2), integer(5));
    }
    if (opcode == Opcode.SGD) {
      sgd(integer(1), integer(2), integer(3), integer(5));
    }
    if (opcode == Opcode.ADAM) {
      adam(integer(1), integer(2), integer(3), integer(4), integer(5));
    }
    if (opcode == Opcode.RMS_PROP) {
      rmsProp(integer(1), integer(2), integer(3), integer(4), integer(5));
    }
  }

  /** The losses of all rows, then 1 for each row whose label is predicted, else 0. */
  private void crossEntropy(
      int logits, int labels, int gradient, int losses, int rows, int classes) {
    float[] data = arena;
    int end = last(rows);
    int step = stride();
    for (int row = first(rows); row < end; row += step) {
      int z = logits + row * classes;
      int label = (int) data[labels + row];
      int predicted = 0;
      float largest = data[z];
      for (int k = 1; k < classes; k++) {
        float value = data[z + k];
        if (value > largest) {
          largest = value;
          predicted = k;
        }
      }
      float sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += exp(data[z + k] - largest);
      }
      data[losses + row] = log(sum) + (largest - data[z + label]);
      data[losses + rows + row] = predicted == label ? 1 : 0;
      int g = gradient + row * classes;
      for (int k = 0; k < classes; k++) {
        float target = k == label ? 1 : 0;
        data[g + k] = (exp(data[z + k] - largest) / sum - target) / rows;
      }
    }
  }

  private void decayedVelocity(int weights, int velocity, int n) {
    float[] data = arena;
    float rate = number(0);
    float decay = number(1);
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        float w = data[weights + i];
        float v = data[velocity + i] + decay * w;
        data[velocity + i] = v;
        data[weights + i] = w - rate * v;
      }
    }
  }

  private void sgd(int weights, int gradient, int velocity, int n) {
    float[] data = arena;
    float rate = number(0);
    float decay = number(1);
    float momentum = number(2);
    float ahead = number(3);
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        float w = data[weights + i];
        float g = data[gradient + i] + decay * w;
        float v = momentum * data[velocity + i] + g;
        data[velocity + i] = v;
        float move = ahead > 0 ? g + momentum * v : v;
        data[weights + i] = w - rate * move;
      }
    }
  }

  private void adam(int weights, int gradient, int mean, int square, int n) {
    float[] data = arena;
    float rate = number(0);
    float decay = number(1);
    float decoupled = number(2);
    float beta1 = number(3);
    float fresh1 = number(4);
    float beta2 = number(5);
    float fresh2 = number(6);
    float epsilon = number(7);
    float meanScale = number(8);
    float rootScale = number(9);
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        float w = data[weights + i];
        float g = data[gradient + i] + decay * w;
        w -= decoupled * w;
        float m = beta1 * data[mean + i] + fresh1 * g;
        float v = beta2 * data[square + i] + fresh2 * g * g;
        data[mean + i] = m;
        data[square + i] = v;
        data[weights + i] = w - rate * (m * meanScale) / (sqrt(v) * rootScale + epsilon);
      }
    }
  }

  private void rmsProp(int weights, int gradient, int square, int velocity, int n) {
    float[] data = arena;
    float rate = number(0);
    float decay = number(1);
    float alpha = number(2);
    float fresh = number(3);
    float epsilon = number(4);
    float momentum = number(5);
    int piece = evenPiece(n);
    int hop = piece * getGlobalSize();
    for (int at = getGlobalId() * piece; at < n; at += hop) {
      int until = min(n, at + piece);
      for (int i = at; i < until; i++) {
        float w = data[weights + i];
        float g = data[gradient + i] + decay * w;
        float s = alpha * data[square + i] + fresh * g * g;
        float b = momentum * data[velocity + i] + g / (sqrt(s) + epsilon);
        data[square + i] = s;
        data[velocity + i] = b;
        data[weights + i] = w - rate * b;
      }
    }
  }
}
