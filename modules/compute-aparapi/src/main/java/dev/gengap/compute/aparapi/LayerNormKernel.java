package dev.gengap.compute.aparapi;

/**
 * Layer norm. Integers: 3 batch, 4 elements of an example, 6 mean, 7 inverse deviation, each by
 * example, 8 γ.
 */
abstract class LayerNormKernel extends BatchNormKernel {

  void layerNorm(int opcode) {
    if (opcode == Opcode.LAYER_NORM) {
      normaliseExamples(integer(1), integer(2));
    }
    if (opcode == Opcode.LAYER_NORM_AFFINE) {
      layerNormAffine(integer(1), integer(2));
    }
    if (opcode == Opcode.LAYER_NORM_INPUT) {
      layerNormInput(integer(1), integer(2), number(0));
    }
  }

  /** Integer 9: β. */
  private void normaliseExamples(int input, int output) {
    float[] data = arena;
    int batch = integer(3);
    int size = integer(4);
    int scales = integer(8);
    int shifts = integer(9);
    int end = last(batch);
    int step = stride();
    for (int example = first(batch); example < end; example += step) {
      int from = input + example * size;
      int to = output + example * size;
      float mean = sum(from, size) / size;
      float inverse = 1 / sqrt(squares(from, size, mean) / size + number(0));
      data[integer(6) + example] = mean;
      data[integer(7) + example] = inverse;
      for (int i = 0; i < size; i++) {
        float normalised = (data[from + i] - mean) * inverse;
        data[to + i] = data[scales + i] * normalised + data[shifts + i];
      }
    }
  }

  /** Integers: 9 gradient of γ, 10 of β, with their keeps in numbers 0 and 1. */
  private void layerNormAffine(int input, int outputGradient) {
    float[] data = arena;
    int batch = integer(3);
    int size = integer(4);
    int means = integer(6);
    int inverses = integer(7);
    int end = last(size);
    int step = stride();
    for (int i = first(size); i < end; i += step) {
      float sum = 0;
      float products = 0;
      for (int example = 0; example < batch; example++) {
        float g = data[outputGradient + example * size + i];
        float difference = data[input + example * size + i] - data[means + example];
        sum += g;
        products += g * difference * data[inverses + example];
      }
      store(integer(9) + i, products, number(0));
      store(integer(10) + i, sum, number(1));
    }
  }

  /** Integer 9: the output's gradient. */
  private void layerNormInput(int input, int into, float keep) {
    float[] data = arena;
    int size = integer(4);
    int scales = integer(8);
    int end = last(integer(3));
    int step = stride();
    for (int example = first(integer(3)); example < end; example += step) {
      int from = input + example * size;
      int gradient = integer(9) + example * size;
      int to = into + example * size;
      float mean = data[integer(6) + example];
      float inverse = data[integer(7) + example];
      float sum = 0;
      float products = 0;
      for (int i = 0; i < size; i++) {
        float g = data[gradient + i] * data[scales + i];
        sum += g;
        products += g * (data[from + i] - mean);
      }
      float meanGradient = sum / size;
      float slope = products * inverse * inverse / size;
      for (int i = 0; i < size; i++) {
        float g = data[gradient + i] * data[scales + i];
        float along = meanGradient + (data[from + i] - mean) * slope;
        store(to + i, inverse * (g - along), keep);
      }
    }
  }
}
