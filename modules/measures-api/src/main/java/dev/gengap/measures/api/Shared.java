package dev.gengap.measures.api;

import java.util.function.Function;

/**
 * A quantity that several measures need, computed once for each snapshot. Make it a constant: it is
 * known by identity.
 *
 * @param <T> what is computed; immutable
 */
public final class Shared<T> {
  private final Function<MeasureContext, T> formula;
  private final boolean handedOn;

  private Shared(Function<MeasureContext, T> formula, boolean handedOn) {
    this.formula = formula;
    this.handedOn = handedOn;
  }

  /** A quantity computed by {@code formula} when first asked for. */
  public static <T> Shared<T> of(Function<MeasureContext, T> formula) {
    return new Shared<>(formula, false);
  }

  /**
   * The same, kept until the next snapshot of the run has been measured, where {@link
   * MeasureContext#previous} gives it: something small.
   */
  public static <T> Shared<T> handedOn(Function<MeasureContext, T> formula) {
    return new Shared<>(formula, true);
  }

  /** Whether it is kept for the next snapshot. */
  public boolean isHandedOn() {
    return handedOn;
  }

  /** Computes the quantity; measures ask {@link MeasureContext#get} instead, which keeps it. */
  public T compute(MeasureContext context) {
    return formula.apply(context);
  }
}
