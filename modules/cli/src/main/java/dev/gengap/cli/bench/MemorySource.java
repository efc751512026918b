package dev.gengap.cli.bench;

import dev.gengap.training.Minibatch;

/** A few minibatches that are ready in memory, over and over. Confined to one thread. */
final class MemorySource implements BenchmarkSource {
  private static final int DISTINCT = 4;

  private final int batch;
  private final float[][] inputs = new float[DISTINCT][];
  private final int[][] labels = new int[DISTINCT][];
  private long sequence;

  MemorySource(int batch, int features, int classes) {
    this.batch = batch;
    for (int i = 0; i < DISTINCT; i++) {
      inputs[i] = BenchmarkNumbers.of(batch * features, i);
      labels[i] = new int[batch];
      for (int row = 0; row < batch; row++) {
        labels[i][row] = (i + row) % classes;
      }
    }
  }

  @Override
  public Minibatch next() {
    int which = (int) (sequence % DISTINCT);
    return new Minibatch(sequence++, 0, false, labels[which], inputs[which], batch);
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * inputs[0].length;
  }

  @Override
  public void close() {
    // Nothing but the garbage collector's.
  }
}
