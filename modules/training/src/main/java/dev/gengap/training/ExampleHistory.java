package dev.gengap.training;

import java.util.OptionalLong;

/**
 * How one training example fared at the evaluations so far. It is fitted where the network's answer
 * is its given label. Immutable.
 *
 * @param fitted whether it was fitted at the newest evaluation
 * @param firstFitted steps done at the first evaluation that found it fitted; empty: none did
 * @param forgotten how often an evaluation found it not fitted that the one before had found fitted
 *     (Toneva et al. 2019, arXiv 1812.05159, count between presentations instead)
 */
public record ExampleHistory(boolean fitted, OptionalLong firstFitted, int forgotten) {
  /** Before the first evaluation. */
  static final ExampleHistory UNSEEN = new ExampleHistory(false, OptionalLong.empty(), 0);

  /** The history once an evaluation after {@code step} steps is known too. */
  ExampleHistory after(long step, boolean fits) {
    if (fits == fitted) {
      return this;
    }
    if (!fits) {
      return new ExampleHistory(false, firstFitted, forgotten + 1);
    }
    return new ExampleHistory(
        true, firstFitted.isPresent() ? firstFitted : OptionalLong.of(step), forgotten);
  }
}
