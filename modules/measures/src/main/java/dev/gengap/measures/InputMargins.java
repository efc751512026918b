package dev.gengap.measures;

import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Outputs;
import dev.gengap.measures.api.Shared;
import java.util.Arrays;

/**
 * Margins over the ℓ2 norms of their inputs, (f(x)[y] − max_{j≠y} f(x)[j]) / ‖x‖_2: with ∏ s_i
 * below too, the normalised margins of Bartlett et al. 2017.
 */
final class InputMargins {
  private static final Shared<double[]> SORTED = Shared.of(InputMargins::sorted);

  private InputMargins() {}

  /** Those over ∏ s_i at {@code percent}, linearly interpolated. */
  static MeasuredValue overSpectral(MeasureContext context, int percent) {
    double[] sorted = context.get(SORTED);
    if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[sorted.length - 1])) {
      return new MeasuredValue.NotApplicable("an input is zero");
    }
    return MeasuredValue.exact(
        Margins.percentile(sorted, percent)
            * StrictMath.exp(-Layers.lnProduct(context.spectralNorms())));
  }

  /** Smallest first; one of an input that is zero is not finite, and comes first or last. */
  private static double[] sorted(MeasureContext context) {
    Inputs inputs = context.trainInputs();
    Outputs outputs = context.train();
    double[] x = new double[inputs.features()];
    double[] margins = new double[inputs.size()];
    for (int i = 0; i < margins.length; i++) {
      inputs.copy(i, x);
      margins[i] = Margins.of(outputs, i) / Vectors.norm(x);
    }
    Arrays.sort(margins);
    return margins;
  }
}
