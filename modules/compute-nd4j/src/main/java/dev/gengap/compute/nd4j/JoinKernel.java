package dev.gengap.compute.nd4j;

import java.util.List;

/** Copies channels of several tensors into one, an example at a time. */
record JoinKernel(List<Nd4jTensor> parts, Nd4jTensor whole) implements HostKernel {

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
    return new ScratchSize(0, 0);
  }

  @Override
  public void run(int item, Scratch scratch) {
    int at = item * whole.columns();
    for (int i = 0; i < parts.size(); i++) {
      Nd4jTensor part = parts.get(i);
      int n = part.columns();
      whole.copy(at, part, item * n, n);
      at += n;
    }
  }
}
