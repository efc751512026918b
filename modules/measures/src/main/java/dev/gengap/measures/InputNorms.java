package dev.gengap.measures;

import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;

/**
 * How large the inputs are.
 *
 * @param meanSquare mean of ‖x‖²_2
 * @param largestSquare largest ‖x‖²_2
 * @param meanSquareOfLargest mean of ‖x‖²_∞
 */
record InputNorms(double meanSquare, double largestSquare, double meanSquareOfLargest) {
  /** Those of the training inputs. */
  static final Shared<InputNorms> OF_TRAINING = Shared.of(InputNorms::ofTraining);

  private static InputNorms ofTraining(MeasureContext context) {
    Inputs inputs = context.trainInputs();
    double[] x = new double[inputs.features()];
    double squares = 0;
    double largestSquare = 0;
    double squaresOfLargest = 0;
    for (int i = 0; i < inputs.size(); i++) {
      inputs.copy(i, x);
      double square = Vectors.dot(x, x);
      double largest = 0;
      for (double value : x) {
        largest = Math.max(largest, Math.abs(value));
      }
      squares += square;
      largestSquare = Math.max(largestSquare, square);
      squaresOfLargest += largest * largest;
    }
    return new InputNorms(squares / inputs.size(), largestSquare, squaresOfLargest / inputs.size());
  }
}
