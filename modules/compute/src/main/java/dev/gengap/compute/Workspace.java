package dev.gengap.compute;

import java.util.List;

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
   * @param shape one to four sizes, each &gt; 0
   */
  Tensor allocate(TensorRole role, int... shape);

  /**
   * Prepares {@code operations}, to be run one after the other any number of times. A backend may
   * run several as one (a product, its bias and its activation) where every result is the same.
   *
   * @throws IllegalArgumentException if a tensor is not of this workspace
   */
  Operation prepare(List<TensorOperation> operations);

  /** Prepares a single operation. */
  default Operation prepare(TensorOperation operation) {
    return prepare(List.of(operation));
  }

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

  /**
   * Prepares the update of any optimiser.
   *
   * @param weights w, any shape
   * @param gradient g, as many elements as {@code weights}; may be changed
   * @param state as many vectors as the rule keeps, each with as many elements as {@code weights}
   */
  ParameterUpdate prepareUpdate(
      UpdateRule rule, Tensor weights, Tensor gradient, List<Tensor> state);

  @Override
  void close();
}
