package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The network G2 of the hand-computed ones, with σ = ½ and four examples. */
class FlatnessBoundsTest {
  private static final double[] WEIGHTS = {1, 2, -1, 0, 1, 1, 1, -1, 2, 0, 0, 3};
  private static final double[] MOVED =
      Vectors.plus(WEIGHTS, -1, new double[] {.5, 1, -.5, 0, .5, 1, 1, 0, 1, 0, 0, 1});
  private static final FlatnessBounds G2 = new FlatnessBounds(12, 4, .5);

  @Test
  void gaussian_ofG2_isTheReferenceValue() {
    assertThat(G2.gaussian(WEIGHTS)).isCloseTo(35.079441541679834, within(1e-12));
    assertThat(G2.gaussian(MOVED)).isCloseTo(19.829441541679834, within(1e-12));
  }

  @Test
  void gaussianByMagnitude_ofG2_isTheReferenceValue() {
    assertThat(G2.gaussianByMagnitude(MOVED, MOVED)).isCloseTo(31.825769752558184, within(1e-11));
    assertThat(G2.gaussianByMagnitude(WEIGHTS, MOVED)).isCloseTo(35.089171406296785, within(1e-11));
    assertThat(G2.gaussianByMagnitude(WEIGHTS, WEIGHTS))
        .isCloseTo(26.93897144121969, within(1e-11));
  }

  @Test
  void worstCase_ofG2_hasTheLogarithmOfItsSize() {
    assertThat(G2.worstCase(WEIGHTS)).isCloseTo(23 * Math.log(24) + Math.log(8) + 10, within(1e-9));
  }

  @Test
  void worstCaseByMagnitude_ofOneParameter_isItsFormula() {
    FlatnessBounds one = new FlatnessBounds(1, 4, .5);
    double[] weight = {2};
    double ratio = (1e-6 + (.25 + 4 * Math.log(2 / .05)) * 4) / (1e-6 + .25 * 4);
    assertThat(one.worstCaseByMagnitude(weight, weight, .05))
        .isCloseTo(Math.log(ratio) / 4 + Math.log(8) + 10, within(1e-12));
  }
}
