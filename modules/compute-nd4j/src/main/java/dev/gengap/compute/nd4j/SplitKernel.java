package dev.gengap.compute.nd4j;

import java.util.List;

/** Leaves channels of one tensor in several, an example at a time. */
record SplitKernel(Nd4jTensor whole, List<AccumulatingTensor> parts) implements HostKernel {
  private static final int CHUNK = 4096;

  @Override
  public int items() {
    return whole.rows();
  }

  @Override
  public long work() {
    return whole.size();
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(2, Math.min(CHUNK, whole.columns()));
  }

  @Override
  public void run(int item, Scratch scratch) {
    int from = item * whole.columns();
    for (int i = 0; i < parts.size(); i++) {
      AccumulatingTensor part = parts.get(i);
      int n = part.tensor().columns();
      if (part.keep() == 0) {
        part.tensor().copy(item * n, whole, from, n);
      } else {
        accumulate(part, item * n, from, scratch);
      }
      from += n;
    }
  }

  private void accumulate(AccumulatingTensor part, int at, int from, Scratch scratch) {
    int columns = part.tensor().columns();
    for (int done = 0; done < columns; done += CHUNK) {
      int n = Math.min(CHUNK, columns - done);
      Row gradient = scratch.row(0);
      gradient.load(whole, from + done, n);
      part.accumulate(at + done, gradient, scratch.row(1), n);
    }
  }
}
