package dev.gengap.measures;

import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;

/**
 * What the gradients g_i of single examples tell beyond their mean ḡ.
 *
 * @param variance mean of ‖g_i − ḡ‖²
 * @param fisherRao mean of ⟨w, g_i⟩²
 */
record ExampleGradients(double variance, double fisherRao) {
  /** Those of the snapshot's own parameters. */
  static final Shared<ExampleGradients> AT_WEIGHTS = Shared.of(ExampleGradients::atWeights);

  private static ExampleGradients atWeights(MeasureContext context) {
    double[] w = context.parameters();
    double[] mean = context.get(LossGradient.AT_WEIGHTS).gradient();
    double[] sums = new double[2];
    context
        .passes()
        .exampleGradients(
            w,
            (example, loss, gradient) -> {
              double along = Vectors.dot(w, gradient);
              sums[0] += Vectors.squaredDistance(gradient, mean);
              sums[1] += along * along;
            });
    int examples = context.passes().examples();
    return new ExampleGradients(sums[0] / examples, sums[1] / examples);
  }
}
