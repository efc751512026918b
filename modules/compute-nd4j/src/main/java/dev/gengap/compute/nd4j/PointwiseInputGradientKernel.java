package dev.gengap.compute.nd4j;

/**
 * The gradient of the input of a convolution that sees one number, as products of matrices, one
 * example at a time.
 */
final class PointwiseInputGradientKernel implements HostKernel {
  private final ConvolutionShape shape;
  private final AccumulatingTensor inputGradient;
  private final Gemm[] products;

  PointwiseInputGradientKernel(
      ConvolutionShape shape,
      Nd4jTensor weight,
      Nd4jTensor outputGradient,
      AccumulatingTensor inputGradient,
      int threads) {
    this.shape = shape;
    this.inputGradient = inputGradient;
    Gemm.Product product =
        new Gemm.Product(
            shape.channels(),
            shape.out(),
            shape.places(),
            Gemm.Stored.transposed(shape.channels()),
            Gemm.Stored.asIs(shape.places()),
            shape.places());
    this.products = new Gemm[threads];
    for (int i = 0; i < threads; i++) {
      products[i] = Gemm.of(product, weight, outputGradient, inputGradient.tensor());
    }
  }

  @Override
  public int items() {
    return shape.batch();
  }

  @Override
  public long work() {
    return inputGradient.tensor().size() * 4L;
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(0, 0);
  }

  @Override
  public void run(int item, Scratch scratch) {
    products[scratch.thread()].run(
        0, item * shape.outputSize(), item * shape.imageSize(), inputGradient.keep());
  }
}
