package dev.gengap.measures;

import dev.gengap.measures.api.MeasuredValue;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/** Where what rises with a scale reaches a threshold. Immutable. */
sealed interface Crossing {

  /**
   * Between two neighbours on the grid of {@link ScaleSearch}.
   *
   * @param below number of the grid's last scale below the threshold
   * @param scale where it is reached, by linear interpolation in ln scale
   * @param relativeError standard error of ln scale; 0 where nothing was sampled
   * @param timeLimited whether there was no time for all steps of the search
   */
  record At(int below, double scale, double relativeError, boolean timeLimited)
      implements Crossing {
    private OptionalDouble standardError(DoubleUnaryOperator formula) {
      if (relativeError == 0) {
        return OptionalDouble.empty();
      }
      double ratio = StrictMath.exp(relativeError);
      double spread = formula.applyAsDouble(scale * ratio) - formula.applyAsDouble(scale / ratio);
      return OptionalDouble.of(Math.abs(spread) / 2);
    }
  }

  /** Nowhere on the grid, and on which side of it. */
  record Saturated(String reason) implements Crossing {}

  /** {@code formula} of the scale, its standard error from that of the scale. */
  default MeasuredValue value(DoubleUnaryOperator formula) {
    if (this instanceof At at) {
      return new MeasuredValue.Scalar(
          formula.applyAsDouble(at.scale), at.standardError(formula), at.timeLimited);
    }
    return new MeasuredValue.NotApplicable("saturated: " + ((Saturated) this).reason);
  }
}
