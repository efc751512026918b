package dev.gengap.cli.bench;

import dev.gengap.compute.RowSource;
import dev.gengap.training.Minibatch;

/** A few minibatches that are ready in memory, over and over. Confined to one thread. */
final class MemorySource implements BenchmarkSource {
  private static final int DISTINCT = 4;

  private final int batch;
  private final RowSource[] inputs = new RowSource[DISTINCT];
  private final int[][] labels = new int[DISTINCT][];
  private final int features;
  private long sequence;

  MemorySource(int batch, int features, int classes) {
    this.batch = batch;
    this.features = features;
    for (int i = 0; i < DISTINCT; i++) {
      inputs[i] = RowSource.of(BenchmarkNumbers.of(batch * features, i), features);
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
    return (long) Float.BYTES * batch * features;
  }

  @Override
  public void close() {
    // Nothing but the garbage collector's.
  }
}
