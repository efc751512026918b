package dev.gengap.compute.nd4j;

/**
 * Where kernels leave a gradient: tensor ← gradient + keep·tensor.
 *
 * @param keep how much stays; with 0 it does not matter what the tensor holds
 */
record AccumulatingTensor(Nd4jTensor tensor, double keep) {

  void accumulate(int at, double gradient) {
    tensor.set(at, keep == 0 ? gradient : gradient + keep * tensor.get(at));
  }

  /**
   * Leaves the first {@code n} numbers of {@code gradient} from {@code at} on.
   *
   * @param free a row to compute in
   */
  void accumulate(int at, Row gradient, Row free, int n) {
    if (keep != 0) {
      free.load(tensor, at, n);
      gradient.addScaled(keep, free, n);
    }
    gradient.store(tensor, at, n);
  }
}
