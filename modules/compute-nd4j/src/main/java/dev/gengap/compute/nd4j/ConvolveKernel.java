package dev.gengap.compute.nd4j;

import java.util.Optional;

/** A convolution as products of matrices, one example at a time. */
final class ConvolveKernel implements HostKernel {
  private final ConvolutionShape shape;
  private final Optional<Nd4jTensor> bias;
  private final Nd4jTensor output;
  private final Patches[] patches;
  private final Gemm[] products;

  /**
   * @param weight (out, in, kernel height, kernel width)
   */
  ConvolveKernel(
      ConvolutionShape shape,
      Patches[] patches,
      Nd4jTensor weight,
      Optional<Nd4jTensor> bias,
      Nd4jTensor output) {
    this.shape = shape;
    this.bias = bias;
    this.output = output;
    this.patches = patches;
    Gemm.Product product =
        new Gemm.Product(
            shape.out(),
            shape.patch(),
            shape.places(),
            Gemm.Stored.asIs(shape.patch()),
            Gemm.Stored.asIs(shape.places()),
            shape.places());
    this.products = new Gemm[patches.length];
    for (int i = 0; i < patches.length; i++) {
      products[i] = Gemm.of(product, weight, patches[i].tensor(), output);
    }
  }

  @Override
  public int items() {
    return shape.batch();
  }

  @Override
  public long work() {
    return output.size() * 4L;
  }

  @Override
  public ScratchSize scratch() {
    return Patches.scratch(shape);
  }

  @Override
  public void run(int item, Scratch scratch) {
    int from = patches[scratch.thread()].prepare(item, scratch);
    int at = item * shape.outputSize();
    if (bias.isPresent()) {
      Row line = scratch.row(0);
      for (int c = 0; c < shape.out(); c++) {
        line.fill(0, shape.places(), bias.get().get(c));
        line.store(output, at + c * shape.places(), shape.places());
      }
    }
    products[scratch.thread()].run(0, from, at, bias.isPresent() ? 1 : 0);
  }
}
