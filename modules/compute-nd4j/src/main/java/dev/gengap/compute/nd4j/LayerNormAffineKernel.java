package dev.gengap.compute.nd4j;

/**
 * The gradients of layer norm's γ and β: Σ∂y·x̂ and Σ∂y over the batch, some features at a time.
 */
record LayerNormAffineKernel(
    LayerNormSource source, AccumulatingTensor scaleGradient, AccumulatingTensor shiftGradient)
    implements HostKernel {
  private static final int FEATURES = 1024;

  @Override
  public int items() {
    return (source.input().columns() + FEATURES - 1) / FEATURES;
  }

  @Override
  public long work() {
    return source.input().size();
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(4, Math.min(FEATURES, source.input().columns()));
  }

  @Override
  public void run(int item, Scratch scratch) {
    int columns = source.input().columns();
    int from = item * FEATURES;
    int n = Math.min(FEATURES, columns - from);
    Row dy = scratch.row(0);
    Row x = scratch.row(1);
    Row sums = scratch.row(2);
    Row products = scratch.row(3);
    sums.fill(0, n, 0);
    products.fill(0, n, 0);
    for (int example = 0; example < source.input().rows(); example++) {
      dy.load(source.outputGradient(), example * columns + from, n);
      source.loadNormalised(x, example, from, n);
      sums.add(dy, n);
      products.addProduct(dy, x, n);
    }
    shiftGradient.accumulate(from, sums, x, n);
    scaleGradient.accumulate(from, products, x, n);
  }
}
