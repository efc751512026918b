package dev.gengap.compute.nd4j;

/** What batch norm learns, remembers and saves, each (channel). */
record BatchNormTensors(
    Nd4jTensor scale,
    Nd4jTensor shift,
    Nd4jTensor runningMean,
    Nd4jTensor runningVariance,
    Nd4jTensor mean,
    Nd4jTensor inverseDeviation) {

  void saveMean(int channel, double value, double momentum) {
    mean.set(channel, value);
    follow(runningMean, channel, value, momentum);
  }

  void saveVariance(int channel, double unbiased, double momentum) {
    follow(runningVariance, channel, unbiased, momentum);
  }

  private static void follow(Nd4jTensor running, int channel, double value, double momentum) {
    running.set(channel, (1 - momentum) * running.get(channel) + momentum * value);
  }
}
