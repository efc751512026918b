package dev.gengap.compute.nd4j;

/** What the gradients of layer norm are computed from. */
record LayerNormSource(
    Nd4jTensor input,
    Nd4jTensor scale,
    Nd4jTensor mean,
    Nd4jTensor inverseDeviation,
    Nd4jTensor outputGradient) {

  /** x̂ = (x − mean)·inverse deviation, of {@code n} numbers of an example. */
  void loadNormalised(Row into, int example, int from, int n) {
    double inverse = inverseDeviation.get(example);
    into.load(input, example * input.columns() + from, n);
    into.affine(inverse, -mean.get(example) * inverse, n);
  }
}
