package dev.gengap.network;

import dev.gengap.data.Examples;

/**
 * Runs a network forward and backward with any parameters, which are rounded to its precision
 * first. Parameters and their gradients are one vector: the tensors of {@link
 * NetworkSpec#parameters} in their order, each row-major. Confined to the thread that made it.
 * Caller closes.
 */
public interface Differentiator extends AutoCloseable {
  /** The outputs for all {@code examples}: (example, class), row-major. */
  double[] logits(double[] parameters, Examples examples);

  /**
   * The mean over {@code examples} of the softmax cross-entropy [nats], and its gradient.
   *
   * @param gradient overwritten
   */
  double gradient(double[] parameters, Examples examples, double[] gradient);

  /** The loss and gradient of each of {@code examples} alone, in order. */
  void exampleGradients(double[] parameters, Examples examples, Consumer each);

  /**
   * ∂f/∂x at the example {@code index}: (class, feature), row-major.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   */
  double[] inputJacobian(double[] parameters, Examples examples, int index);

  /** Whether {@link #hessianProduct} can be computed: the network is {@link PiecewiseLinear}. */
  boolean hasHessianProduct();

  /**
   * The product of the Hessian of {@link #gradient}'s loss with {@code vector}, exact but for
   * rounding wherever the loss has second derivatives.
   *
   * @param product overwritten
   * @throws UnsupportedOperationException unless {@link #hasHessianProduct}
   */
  void hessianProduct(double[] parameters, Examples examples, double[] vector, double[] product);

  @Override
  void close();

  /** Receives the gradients of single examples. */
  @FunctionalInterface
  interface Consumer {
    /** Called for each example; {@code gradient} is valid during the call. */
    void accept(int example, double loss, double[] gradient);
  }
}
