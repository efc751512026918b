package dev.gengap.compute.nd4j;

/** Layer norm, one example at a time. */
record LayerNormKernel(
    Nd4jTensor input, LayerNormTensors tensors, double epsilon, Nd4jTensor output)
    implements HostKernel {

  /** γ and β, as long as an example, and what is saved, each (batch). */
  record LayerNormTensors(
      Nd4jTensor scale, Nd4jTensor shift, Nd4jTensor mean, Nd4jTensor inverseDeviation) {}

  @Override
  public int items() {
    return input.rows();
  }

  @Override
  public long work() {
    return input.size();
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(4, input.columns());
  }

  @Override
  public void run(int item, Scratch scratch) {
    int n = input.columns();
    Row x = scratch.row(0);
    Row mean = scratch.row(1);
    Row other = scratch.row(2);
    Row shift = scratch.row(3);
    x.load(input, item * n, n);
    double average = x.sum(0, n) / n;
    mean.fill(0, n, average);
    other.fill(0, n, 0);
    other.addSquaredDifference(x, mean, n);
    double inverse = 1 / Math.sqrt(other.sum(0, n) / n + epsilon);
    tensors.mean().set(item, average);
    tensors.inverseDeviation().set(item, inverse);
    other.load(tensors.scale(), 0, n);
    other.affine(inverse, 0, n);
    shift.load(tensors.shift(), 0, n);
    x.normalise(mean, other, shift, n);
    x.store(output, item * n, n);
  }
}
