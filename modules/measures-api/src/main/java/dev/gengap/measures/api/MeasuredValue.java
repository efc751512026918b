package dev.gengap.measures.api;

import java.util.List;
import java.util.OptionalDouble;

/** What a measure found. Numbers are always finite. */
public sealed interface MeasuredValue {

  /**
   * One number.
   *
   * @param standardError of a sampled value; empty where the value is exact
   * @param timeLimited whether {@link Setting#SECONDS} ended it before it was as good as asked
   */
  record Scalar(double value, OptionalDouble standardError, boolean timeLimited)
      implements MeasuredValue {
    public Scalar {
      requireFinite(value);
      standardError.ifPresent(MeasuredValue::requireFinite);
    }
  }

  /** One number for each weight layer, in their order. */
  record PerLayer(List<Double> values) implements MeasuredValue {
    public PerLayer {
      values = List.copyOf(values);
      values.forEach(MeasuredValue::requireFinite);
    }
  }

  /** The measure means nothing here, and why: {@code invalid margin}. */
  record NotApplicable(String reason) implements MeasuredValue {}

  /**
   * An exact number.
   *
   * @throws ArithmeticException if it is not finite
   */
  static MeasuredValue exact(double value) {
    return new Scalar(value, OptionalDouble.empty(), false);
  }

  /**
   * A sampled number with its standard error.
   *
   * @throws ArithmeticException if either is not finite
   */
  static MeasuredValue sampled(double value, double standardError) {
    return new Scalar(value, OptionalDouble.of(standardError), false);
  }

  private static void requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("value: " + value + " (expected: a finite number)");
    }
  }
}
