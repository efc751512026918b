package dev.gengap.compute.nd4j;

import java.util.Optional;

/**
 * The gradients of a convolution's weights and bias as products of matrices. The batch is cut into
 * a fixed number of groups whose sums are added in their order afterwards, so that the bits do not
 * depend on the number of threads.
 */
final class WeightGradientKernel implements HostKernel {
  private static final int GROUPS = 16;

  private final ConvolutionShape shape;
  private final Nd4jTensor outputGradient;
  private final Optional<Nd4jTensor> biasParts;
  private final Patches[] patches;
  private final Gemm[] products;

  /** Groups of a batch. */
  static int groups(ConvolutionShape shape) {
    return Math.min(GROUPS, shape.batch());
  }

  /**
   * @param weightParts (group, out · patch)
   * @param biasParts (group, out)
   */
  WeightGradientKernel(
      ConvolutionShape shape,
      Patches[] patches,
      Nd4jTensor outputGradient,
      Nd4jTensor weightParts,
      Optional<Nd4jTensor> biasParts) {
    this.shape = shape;
    this.outputGradient = outputGradient;
    this.biasParts = biasParts;
    this.patches = patches;
    Gemm.Product product =
        new Gemm.Product(
            shape.out(),
            shape.places(),
            shape.patch(),
            Gemm.Stored.asIs(shape.places()),
            Gemm.Stored.transposed(shape.places()),
            shape.patch());
    this.products = new Gemm[patches.length];
    for (int i = 0; i < patches.length; i++) {
      products[i] = Gemm.of(product, outputGradient, patches[i].tensor(), weightParts);
    }
  }

  @Override
  public int items() {
    return groups(shape);
  }

  @Override
  public long work() {
    return outputGradient.size() * 4L;
  }

  @Override
  public ScratchSize scratch() {
    return Patches.scratch(shape);
  }

  @Override
  public void run(int item, Scratch scratch) {
    int first = firstExample(item);
    int end = firstExample(item + 1);
    int at = item * shape.out() * shape.patch();
    for (int n = first; n < end; n++) {
      int from = patches[scratch.thread()].prepare(n, scratch);
      products[scratch.thread()].run(n * shape.outputSize(), from, at, n == first ? 0 : 1);
    }
    if (biasParts.isPresent()) {
      for (int c = 0; c < shape.out(); c++) {
        biasParts.get().set(item * shape.out() + c, biasGradient(c, first, end, scratch));
      }
    }
  }

  private int firstExample(int group) {
    return (int) ((long) group * shape.batch() / items());
  }

  private double biasGradient(int channel, int first, int end, Scratch scratch) {
    Row line = scratch.row(0);
    Row sum = scratch.row(1);
    sum.fill(0, shape.places(), 0);
    for (int n = first; n < end; n++) {
      line.load(outputGradient, n * shape.outputSize() + channel * shape.places(), shape.places());
      sum.add(line, shape.places());
    }
    return sum.sum(0, shape.places());
  }
}
