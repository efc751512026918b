package dev.gengap.measures.api;

/**
 * Forward and backward passes over the training examples, the first {@link Setting#EXAMPLES} of
 * them, with any parameters: batch norm folded, nothing dropped. Parameters are one vector, laid
 * out as {@link MeasureContext#parameters}. Losses are softmax cross-entropies [nats].
 *
 * <p>Confined to the measure's thread.
 */
public interface Passes {
  /** Number of examples, m. */
  int examples();

  /**
   * Passes over some of these examples, in the same precision; closed with these.
   *
   * @param examples their indices, 0 … m−1
   * @throws IndexOutOfBoundsException if there is no such example
   */
  Passes over(int[] examples);

  /** The outputs under {@code parameters}. One forward pass. */
  Outputs outputs(double[] parameters);

  /** Mean loss and 0-1 error under {@code parameters}. One forward pass. */
  Loss loss(double[] parameters);

  /**
   * The mean loss, and its gradient with respect to the parameters. One forward and backward pass.
   *
   * @param gradient overwritten
   */
  double gradient(double[] parameters, double[] gradient);

  /**
   * Whether {@link #hessianProduct} can be computed: all layers are linear, convolutions, ReLUs
   * leaky or not, pools, or paths of these.
   */
  boolean hasHessianProduct();

  /**
   * H v, with the Hessian H of the mean loss with respect to the parameters: Pearlmutter's
   * R-operator. What three passes forward and backward take.
   *
   * @param vector v
   * @param product overwritten
   * @throws UnsupportedOperationException unless {@link #hasHessianProduct}
   */
  void hessianProduct(double[] parameters, double[] vector, double[] product);

  /**
   * The gradient of each example's own loss, in order. A forward and backward pass of one example
   * for each.
   */
  void exampleGradients(double[] parameters, ExampleGradient each);

  /**
   * ∂f/∂x at one example: (class, feature), row-major. A forward pass and one backward for each
   * class, of one example.
   */
  double[] inputJacobian(double[] parameters, int example);

  /**
   * A mean over the examples.
   *
   * @param crossEntropy mean loss [nats]
   * @param error share of wrong answers, in 0 … 1
   */
  record Loss(double crossEntropy, double error) {}

  /** Receives the gradients of single examples. */
  @FunctionalInterface
  interface ExampleGradient {
    /**
     * Called for each example in order.
     *
     * @param gradient of the example's loss; valid during the call
     */
    void accept(int example, double loss, double[] gradient);
  }
}
