package dev.gengap.compute;

/**
 * Where a gradient goes: tensor ← gradient + keep·tensor.
 *
 * @param keep how much of {@code tensor} stays: 0 to replace it whatever it holds, 1 to add to it,
 *     a momentum to turn a velocity v into m·v + g
 */
public record Accumulator(Tensor tensor, double keep) {

  /** Replaces what {@code tensor} holds. */
  public static Accumulator replacing(Tensor tensor) {
    return new Accumulator(tensor, 0);
  }

  /** Adds to what {@code tensor} holds. */
  public static Accumulator adding(Tensor tensor) {
    return new Accumulator(tensor, 1);
  }
}
