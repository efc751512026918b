package dev.gengap.training;

import dev.gengap.compute.RowSource;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.Examples;
import java.util.Arrays;

/** Examples in memory. */
@SuppressWarnings("ArrayRecordComponent") // never compared by equals
record TestExamples(int features, float[] inputs, int[] labels) implements Examples {

  /** Overlapping Gaussian clusters, one around a random centre for each class. */
  static TestExamples clusters(int size, int features, int classes) {
    CounterRandom random = CounterRandom.of(11, RandomStream.GENERATED_TRAIN);
    float[] inputs = new float[size * features];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.below(1_000 + i, 0, classes);
      for (int j = 0; j < features; j++) {
        double centre = random.gaussian(labels[i], j);
        inputs[i * features + j] = (float) (centre + random.gaussian(1_000 + i, 100 + j));
      }
    }
    return new TestExamples(features, inputs, labels);
  }

  /** Minibatches of consecutive examples, over and over, from number {@code first} on. */
  MinibatchSource minibatches(int batch, long first) {
    return new MinibatchSource() {
      private long sequence = first;

      @Override
      public Minibatch next() {
        int perEpoch = batchesPerEpoch(batch);
        int index = (int) (sequence % perEpoch);
        int from = index * batch;
        int count = Math.min(batch, size() - from);
        float[] pixels = new float[count * features];
        copyInputs(from, count, pixels);
        int[] classes = new int[count];
        System.arraycopy(labels, from, classes, 0, count);
        int epoch = (int) (sequence / perEpoch);
        return new Minibatch(
            sequence++,
            epoch,
            index == perEpoch - 1,
            classes,
            RowSource.of(pixels, features),
            count);
      }
    };
  }

  /** These but for the first {@code start}. */
  TestExamples from(int start) {
    return new TestExamples(
        features,
        Arrays.copyOfRange(inputs, start * features, inputs.length),
        Arrays.copyOfRange(labels, start, labels.length));
  }

  int batchesPerEpoch(int batch) {
    return (size() + batch - 1) / batch;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void copyInputs(int from, int count, float[] into) {
    System.arraycopy(inputs, from * features, into, 0, count * features);
  }
}
