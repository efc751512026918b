package dev.gengap.measures;

import dev.gengap.measures.api.MeasuredValue;

/** How one measurement ended. */
public sealed interface Outcome {

  /** The measure answered: with numbers, or that it does not apply and why. */
  record Measured(MeasuredValue value) implements Outcome {}

  /** The measure threw, or gave a number that is not finite. */
  record Failed(String reason) implements Outcome {}
}
