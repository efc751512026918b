package dev.gengap.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftmaxCrossEntropyTest {
  private final SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(3);

  @Test
  void loss_equalLogits_isTheLogarithmOfTheClasses() {
    assertThat(softmax.loss(new double[] {9, 7, 7, 7}, 1, 2)).isCloseTo(Math.log(3), within(1e-15));
    assertThat(softmax.probability(0)).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(softmax.predicted()).isZero();
  }

  @Test
  void loss_confidentAndRight_keepsItsPrecision() {
    assertThat(softmax.loss(new double[] {30, 0, -100}, 0, 0))
        .isCloseTo(StrictMath.log1p(Math.exp(-30)), within(2e-16));
  }

  @Test
  void loss_nanLogit_isNan() {
    assertThat(softmax.loss(new double[] {1, Double.NaN, 2}, 0, 0)).isNaN();
  }

  @Test
  void loss_labelOutsideTheClasses_isRefused() {
    assertThatThrownBy(() -> softmax.loss(new double[3], 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label: 3 (expected: 0 … 2)");
  }
}
