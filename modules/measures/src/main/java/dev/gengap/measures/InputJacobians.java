package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;

/**
 * What the Jacobians ∂f/∂x of the outputs at the first training inputs tell.
 *
 * @param meanSquare mean of ‖∂f/∂x‖²_F
 * @param largestNorm largest ‖∂f/∂x‖_2
 */
record InputJacobians(double meanSquare, double largestNorm) {
  /** Most examples at which they are taken. */
  static final int EXAMPLES = 100;

  /** Those at the first {@value #EXAMPLES} examples. */
  static final Shared<InputJacobians> AT_FIRST = Shared.of(InputJacobians::atFirst);

  /** Passes over all examples that they take, about. */
  static double passes(MeasureContext context) {
    int examples = context.passes().examples();
    return (double) context.network().classes() * Math.min(examples, EXAMPLES) / examples;
  }

  private static InputJacobians atFirst(MeasureContext context) {
    int examples = Math.min(context.passes().examples(), EXAMPLES);
    int classes = context.network().classes();
    double sum = 0;
    double largestSquare = 0;
    for (int i = 0; i < examples; i++) {
      double[] jacobian = context.passes().inputJacobian(context.parameters(), i);
      Matrix matrix = new Matrix(classes, jacobian.length / classes, jacobian);
      double[] squares = SingularValues.squares(matrix);
      sum += Vectors.dot(jacobian, jacobian);
      largestSquare = Math.max(largestSquare, squares[squares.length - 1]);
    }
    return new InputJacobians(sum / examples, Math.sqrt(largestSquare));
  }
}
