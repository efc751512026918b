package dev.gengap.measures;

import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;

/**
 * The loss of a snapshot over the examples of its passes, and the gradient with respect to all its
 * parameters. Treat the array as immutable.
 *
 * @param loss L(w), mean cross-entropy [nats]
 * @param gradient g = ∂L/∂w, laid out as w
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: never compared by equals
record LossGradient(double loss, double[] gradient) {
  /** L and g at the snapshot's own parameters. */
  static final Shared<LossGradient> AT_WEIGHTS = Shared.of(LossGradient::atWeights);

  private static LossGradient atWeights(MeasureContext context) {
    double[] gradient = new double[context.parameters().length];
    double loss = context.passes().gradient(context.parameters(), gradient);
    return new LossGradient(loss, gradient);
  }
}
