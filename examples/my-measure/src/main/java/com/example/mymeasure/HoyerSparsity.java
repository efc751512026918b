package com.example.mymeasure;

import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.MeasuredValue;
import java.util.Map;
import java.util.Set;

/** How few weights do the work: 0 where all n are of the same size, 1 where all but one are 0. */
public final class HoyerSparsity implements Measure {
  @Override
  public MeasureDescription describe() {
    return new MeasureDescription(
        "hoyer_sparsity",
        "(√n − ‖w‖₁ / ‖w‖₂) / (√n − 1)",
        "Hoyer 2004, JMLR 5",
        CostClass.WEIGHTS,
        Set.of(),
        Set.of(),
        Map.of("bias", "included"));
  }

  @Override
  public MeasuredValue measure(MeasureContext context) {
    double sum = 0;
    double squares = 0;
    for (double w : context.parameters()) {
      sum += Math.abs(w);
      squares += w * w;
    }
    if (squares == 0) {
      return new MeasuredValue.NotApplicable("all weights are zero");
    }
    double root = Math.sqrt(context.parameters().length);
    return MeasuredValue.exact((root - sum / Math.sqrt(squares)) / (root - 1));
  }
}
