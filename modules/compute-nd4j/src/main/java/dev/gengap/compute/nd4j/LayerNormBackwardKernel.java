package dev.gengap.compute.nd4j;

/**
 * The gradient of layer norm's input, one example at a time: with g = γ·∂y, r·(g − mean(g) −
 * x̂·mean(g·x̂)).
 */
record LayerNormBackwardKernel(LayerNormSource source, AccumulatingTensor inputGradient)
    implements HostKernel {

  @Override
  public int items() {
    return source.input().rows();
  }

  @Override
  public long work() {
    return source.input().size();
  }

  @Override
  public ScratchSize scratch() {
    return new ScratchSize(3, source.input().columns());
  }

  @Override
  public void run(int item, Scratch scratch) {
    int n = source.input().columns();
    Row g = scratch.row(0);
    Row x = scratch.row(1);
    Row other = scratch.row(2);
    g.load(source.outputGradient(), item * n, n);
    other.load(source.scale(), 0, n);
    g.multiply(other, n);
    source.loadNormalised(x, item, 0, n);
    other.fill(0, n, 0);
    other.addProduct(g, x, n);
    double inverse = source.inverseDeviation().get(item);
    double mean = g.sum(0, n) / n;
    double product = other.sum(0, n) / n;
    g.affine(inverse, -inverse * mean, n);
    g.addScaled(-inverse * product, x, n);
    inputGradient.accumulate(item * n, g, other, n);
  }
}
