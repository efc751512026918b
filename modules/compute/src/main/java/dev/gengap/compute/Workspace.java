package dev.gengap.compute;

/**
 * Tensors of one precision that live together on a device, and operations prepared on them.
 * Everything is made once; running an operation allocates nothing. Confined to the thread that made
 * it; the backend may be shared. Caller closes, which frees every tensor and operation.
 *
 * <p>Using anything of a closed workspace throws {@link IllegalStateException}.
 */
public interface Workspace extends AutoCloseable {
  /** The precision of every tensor here. */
  Precision precision();

  /**
   * A new tensor of zeros.
   *
   * @param shape one or two sizes, each &gt; 0
   */
  Tensor allocate(TensorRole role, int... shape);

  /**
   * Prepares {@code operation}, to be run any number of times.
   *
   * @throws IllegalArgumentException if its tensors are not of this workspace
   */
  Operation prepare(TensorOperation operation);

  /**
   * Prepares the loss of a classifier and its gradient.
   *
   * @param logits outputs: (row, class)
   * @param gradient receives ∂(mean loss)/∂logits: (row, class)
   */
  CrossEntropy prepareCrossEntropy(Tensor logits, Tensor gradient);

  /**
   * Prepares the update of stochastic gradient descent: v ← v + wd·w, then w ← w − lr·v, where v
   * already holds m·v + g (see the {@code keep} of the operations that make g).
   *
   * @param weights w, any shape
   * @param velocity v, as many elements as {@code weights}
   * @param weightDecay wd, ≥ 0
   */
  SgdUpdate prepareSgdUpdate(Tensor weights, Tensor velocity, double weightDecay);

  @Override
  void close();
}
