package dev.gengap.compute.nd4j;

import dev.gengap.compute.RowSource;

/** Rows from outside: an item is a block of rows, made on the thread that has it. */
final class InputKernel implements HostKernel {
  /** Few enough that threads end together, enough that taking one costs nothing. */
  private static final int ROWS = 8;

  private final float[][] row;
  private Nd4jTensor to;
  private RowSource source;
  private int count;

  /** A kernel for a workspace of {@code threads} threads; confined to the workspace's thread. */
  InputKernel(int threads) {
    row = new float[threads][0];
  }

  /** Prepares to write {@code rows} rows of {@code from} to the start of {@code into}. */
  InputKernel of(RowSource from, Nd4jTensor into, int rows) {
    source = from;
    to = into;
    count = rows;
    for (int thread = 0; thread < row.length; thread++) {
      if (row[thread].length < into.columns()) {
        row[thread] = new float[into.columns()];
      }
    }
    return this;
  }

  @Override
  public int items() {
    return (count + ROWS - 1) / ROWS;
  }

  @Override
  public long work() {
    return (long) count * to.columns();
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(0, 0);
  }

  @Override
  public void run(int item, Scratch scratch) {
    float[] values = row[scratch.thread()];
    int columns = to.columns();
    for (int i = item * ROWS; i < Math.min(count, (item + 1) * ROWS); i++) {
      source.copy(i, values);
      to.write(i * columns, values, columns);
    }
  }
}
