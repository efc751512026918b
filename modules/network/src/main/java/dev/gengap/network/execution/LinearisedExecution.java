package dev.gengap.network.execution;

/**
 * A layer without second derivatives in its inputs or in its parameters alone: it is linear in
 * either, or linear wherever it has a derivative.
 */
interface LinearisedExecution extends LayerExecution {
  /**
   * Adds the operations that make the tangent of the output, after those of {@link #forward}.
   * Called where the output moves.
   */
  void tangent(TangentSequence operations);

  /**
   * Adds the operations that turn the gradient's tangent at the output into those of the inputs
   * that move, and the product with the Hessian of the layer's parameters, before those of {@link
   * #backward}.
   */
  void tangentBackward(TangentSequence operations);
}
