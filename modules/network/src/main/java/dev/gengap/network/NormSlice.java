package dev.gengap.network;

import dev.gengap.network.layer.BatchNorm;

/**
 * What some neighbouring channels of a batch norm do in evaluation mode, or to the differences
 * between its inputs: x → s·x + (β − s·mean), or x → s·x, s = γ/√(variance + ε).
 *
 * @param norm name of the batch norm, whose tensors say what it does
 * @param epsilon its ε, as {@link BatchNorm#epsilon}
 * @param from its first channel here
 * @param shifts whether it does more than scale
 */
record NormSlice(String norm, double epsilon, int from, boolean shifts) {

  /** The same from {@code channels} later on. */
  NormSlice after(int channels) {
    return new NormSlice(norm, epsilon, from + channels, shifts);
  }

  /** Its scale alone. */
  NormSlice scaleOnly() {
    return new NormSlice(norm, epsilon, from, false);
  }

  /** Applies it to x → {@code scale}·x + {@code shift}, one of each for each channel. */
  void applyTo(double[] scale, double[] shift, Weights weights) {
    float[] gamma = weights.get(norm + ".weight").values();
    float[] beta = weights.get(norm + ".bias").values();
    float[] mean = weights.get(norm + ".running_mean").values();
    float[] variance = weights.get(norm + ".running_var").values();
    for (int i = 0; i < scale.length; i++) {
      int channel = from + i;
      double s = gamma[channel] / Math.sqrt(variance[channel] + epsilon);
      scale[i] *= s;
      shift[i] = shifts ? beta[channel] + s * (shift[i] - mean[channel]) : s * shift[i];
    }
  }
}
