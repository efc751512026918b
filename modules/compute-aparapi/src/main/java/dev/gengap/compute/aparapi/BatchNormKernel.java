package dev.gengap.compute.aparapi;

/**
 * Batch norm, and sums over channels. A channel's sum is made of its planes' sums in a fixed order,
 * so that it comes out the same in every run. Integers: 3 batch, 4 channels, 5 pixels of a plane, 6
 * mean, 7 inverse deviation, each by channel.
 */
abstract class BatchNormKernel extends PoolingKernel {

  void batchNorm(int opcode) {
    if (opcode == Opcode.PLANE_SUMS) {
      planeSums(integer(1), integer(2));
    }
    if (opcode == Opcode.PLANE_SQUARES) {
      planeSquares(integer(1), integer(2), integer(6));
    }
    if (opcode == Opcode.PLANE_PRODUCTS) {
      planeProducts(integer(1), integer(2), integer(8));
    }
    if (opcode == Opcode.CHANNEL_SUMS) {
      channelSums(integer(1), integer(2), number(0));
    }
    if (opcode == Opcode.BATCH_MEAN) {
      batchMean(integer(1), integer(6));
    }
    if (opcode == Opcode.BATCH_VARIANCE) {
      batchVariance(integer(1));
    }
    if (opcode == Opcode.NORMALISE) {
      normalise(integer(1), integer(2));
    }
    if (opcode == Opcode.NORMALISE_BACKWARD) {
      normaliseBackward(integer(1), integer(2), number(0));
    }
  }

  private void planeSums(int input, int sums) {
    int pixels = integer(5);
    int planes = integer(3) * integer(4);
    int end = last(planes);
    int step = stride();
    for (int plane = first(planes); plane < end; plane += step) {
      arena[sums + plane] = sum(input + plane * pixels, pixels);
    }
  }

  /** In 16 parts. */
  float sum(int at, int n) {
    float[] data = arena;
    float[] parts = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      parts[i] = 0;
    }
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int j = 0; j < LANES; j++) {
        parts[j] += data[at + i + j];
      }
    }
    float sum = 0;
    for (int i = whole; i < n; i++) {
      sum += data[at + i];
    }
    for (int j = 0; j < LANES; j++) {
      sum += parts[j];
    }
    return sum;
  }

  private void planeSquares(int input, int sums, int means) {
    float[] data = arena;
    int pixels = integer(5);
    int channels = integer(4);
    int planes = integer(3) * channels;
    int end = last(planes);
    int step = stride();
    for (int plane = first(planes); plane < end; plane += step) {
      float mean = data[means + plane % channels];
      data[sums + plane] = squares(input + plane * pixels, pixels, mean);
    }
  }

  /** The sum of squared differences from {@code mean}. */
  float squares(int at, int n, float mean) {
    float[] data = arena;
    float[] parts = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      parts[i] = 0;
    }
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int j = 0; j < LANES; j++) {
        float difference = data[at + i + j] - mean;
        parts[j] += difference * difference;
      }
    }
    float sum = 0;
    for (int i = whole; i < n; i++) {
      float difference = data[at + i] - mean;
      sum += difference * difference;
    }
    for (int j = 0; j < LANES; j++) {
      sum += parts[j];
    }
    return sum;
  }

  /** Sums of the output's gradient, then of its products with the normalised input. */
  private void planeProducts(int input, int sums, int outputGradient) {
    float[] data = arena;
    int pixels = integer(5);
    int channels = integer(4);
    int planes = integer(3) * channels;
    int means = integer(6);
    int inverses = integer(7);
    int end = last(planes);
    int step = stride();
    for (int plane = first(planes); plane < end; plane += step) {
      int at = plane * pixels;
      int channel = plane % channels;
      float products = products(input + at, outputGradient + at, pixels, data[means + channel]);
      data[sums + planes + plane] = products * data[inverses + channel];
      data[sums + plane] = sum(outputGradient + at, pixels);
    }
  }

  private float products(int input, int gradient, int n, float mean) {
    float[] data = arena;
    float[] parts = new float[LANES];
    for (int i = 0; i < LANES; i++) {
      parts[i] = 0;
    }
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int j = 0; j < LANES; j++) {
        parts[j] += data[gradient + i + j] * (data[input + i + j] - mean);
      }
    }
    float sum = 0;
    for (int i = whole; i < n; i++) {
      sum += data[gradient + i] * (data[input + i] - mean);
    }
    for (int j = 0; j < LANES; j++) {
      sum += parts[j];
    }
    return sum;
  }

  private float channelSum(int sums, int channel) {
    int batch = integer(3);
    int channels = integer(4);
    float sum = 0;
    for (int image = 0; image < batch; image++) {
      sum += arena[sums + image * channels + channel];
    }
    return sum;
  }

  /** Sums of a channel's planes, and a copy without keep to integer 9 where that is not 0. */
  private void channelSums(int sums, int into, float keep) {
    int end = last(integer(4));
    int step = stride();
    for (int channel = first(integer(4)); channel < end; channel += step) {
      float sum = channelSum(sums, channel);
      store(into + channel, sum, keep);
      if (integer(9) > 0) {
        arena[integer(9) + channel] = sum;
      }
    }
  }

  private void batchMean(int sums, int means) {
    float count = (float) integer(3) * integer(5);
    int end = last(integer(4));
    int step = stride();
    for (int channel = first(integer(4)); channel < end; channel += step) {
      arena[means + channel] = channelSum(sums, channel) / count;
    }
  }

  /** Numbers: 0 momentum, 1 ε. Integers: 8 running mean, 9 running variance. */
  private void batchVariance(int sums) {
    float[] data = arena;
    float momentum = number(0);
    float count = (float) integer(3) * integer(5);
    int end = last(integer(4));
    int step = stride();
    for (int channel = first(integer(4)); channel < end; channel += step) {
      float sum = channelSum(sums, channel);
      float unbiased = sum / max(1f, count - 1);
      data[integer(7) + channel] = 1 / sqrt(sum / count + number(1));
      float mean = data[integer(6) + channel];
      int running = integer(8) + channel;
      data[running] = (1 - momentum) * data[running] + momentum * mean;
      running = integer(9) + channel;
      data[running] = (1 - momentum) * data[running] + momentum * unbiased;
    }
  }

  /** Integers: 8 γ, 9 β, 10 whether 7 is a variance, with ε in number 0. */
  private void normalise(int input, int output) {
    float[] data = arena;
    int channels = integer(4);
    int pixels = integer(5);
    int piece = piece(pixels);
    int planePieces = pixels / piece;
    int pieces = integer(3) * channels * planePieces;
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int channel = p / planePieces % channels;
      float mean = data[integer(6) + channel];
      float inverse = data[integer(7) + channel];
      if (integer(10) == 1) {
        inverse = 1 / sqrt(inverse + number(0));
      }
      float scale = data[integer(8) + channel];
      float shift = data[integer(9) + channel];
      int from = input + p * piece;
      int to = output + p * piece;
      for (int i = 0; i < piece; i++) {
        data[to + i] = scale * ((data[from + i] - mean) * inverse) + shift;
      }
    }
  }

  /** Integers: 8 γ, 9 output's gradient, 10 sums of it, 11 sums of its products. */
  private void normaliseBackward(int input, int into, float keep) {
    float[] data = arena;
    int channels = integer(4);
    int pixels = integer(5);
    float count = (float) integer(3) * pixels;
    int piece = piece(pixels);
    int planePieces = pixels / piece;
    int pieces = integer(3) * channels * planePieces;
    int end = last(pieces);
    int step = stride();
    for (int p = first(pieces); p < end; p += step) {
      int channel = p / planePieces % channels;
      float mean = data[integer(6) + channel];
      float inverse = data[integer(7) + channel];
      float scale = data[integer(8) + channel] * inverse;
      float meanGradient = data[integer(10) + channel] / count;
      float slope = data[integer(11) + channel] / count * inverse;
      int from = input + p * piece;
      int gradient = integer(9) + p * piece;
      int to = into + p * piece;
      if (keep == 0) {
        for (int i = 0; i < piece; i++) {
          float along = meanGradient + (data[from + i] - mean) * slope;
          data[to + i] = scale * (data[gradient + i] - along);
        }
      } else {
        for (int i = 0; i < piece; i++) {
          float along = meanGradient + (data[from + i] - mean) * slope;
          data[to + i] = scale * (data[gradient + i] - along) + keep * data[to + i];
        }
      }
    }
  }
}
