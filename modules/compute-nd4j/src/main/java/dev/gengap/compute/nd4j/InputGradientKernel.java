package dev.gengap.compute.nd4j;

/**
 * The gradient of the input of a convolution as products of matrices, one example at a time: the
 * weights transposed, (patch, out), times the output's gradient, (out, place), are the gradients of
 * the patches, which are added up where they came from.
 */
final class InputGradientKernel implements HostKernel {
  private final ConvolutionShape shape;
  private final Patches[] patches;
  private final AccumulatingTensor inputGradient;
  private final Gemm[] products;

  /**
   * @param patches memory for them, for each thread
   * @param weight (out, in, kernel height, kernel width)
   */
  InputGradientKernel(
      ConvolutionShape shape,
      Patches[] patches,
      Nd4jTensor weight,
      Nd4jTensor outputGradient,
      AccumulatingTensor inputGradient) {
    this.shape = shape;
    this.patches = patches;
    this.inputGradient = inputGradient;
    Gemm.Product product =
        new Gemm.Product(
            shape.patch(),
            shape.out(),
            shape.places(),
            Gemm.Stored.transposed(shape.patch()),
            Gemm.Stored.asIs(shape.places()),
            shape.places());
    this.products = new Gemm[patches.length];
    for (int i = 0; i < patches.length; i++) {
      products[i] = Gemm.of(product, weight, outputGradient, patches[i].tensor());
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
    return new ScratchSize(3, Patches.scratch(shape).length());
  }

  @Override
  public void run(int item, Scratch scratch) {
    products[scratch.thread()].run(0, item * shape.outputSize(), 0, 0);
    Row image = scratch.row(0);
    for (int c = 0; c < shape.channels(); c++) {
      patches[scratch.thread()].collect(c, image, scratch.row(1));
      int at = item * shape.imageSize() + c * shape.area();
      inputGradient.accumulate(at, image, scratch.row(2), shape.area());
    }
  }
}
