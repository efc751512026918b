package dev.gengap.compute;

/** A function of one number that a layer applies to each of its inputs. */
public sealed interface Activation {

  /**
   * Whether the derivative follows from the output alone, so that the output may replace the input
   * in memory.
   */
  default boolean inPlace() {
    return true;
  }

  /** max(x, 0); its derivative at 0 is 0. */
  record Relu() implements Activation {}

  /**
   * x where x &gt; 0, else slope·x; its derivative at 0 is the slope.
   *
   * @param slope &gt; 0
   */
  record LeakyRelu(double slope) implements Activation {
    public LeakyRelu {
      if (!(slope > 0)) {
        throw new IllegalArgumentException("slope: " + slope + " (expected: > 0)");
      }
    }
  }

  /** The hyperbolic tangent. */
  record Tanh() implements Activation {}

  /** x·Φ(x), Φ the normal distribution function: x/2·(1 + erf(x/√2)). */
  record Gelu() implements Activation {
    @Override
    public boolean inPlace() {
      return false;
    }
  }
}
