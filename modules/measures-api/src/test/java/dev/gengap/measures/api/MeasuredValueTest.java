package dev.gengap.measures.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredValueTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void value_notFinite_isNeverANumber(double value) {
    assertThatThrownBy(() -> MeasuredValue.exact(value))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("value: " + value + " (expected: a finite number)");
    assertThatThrownBy(() -> new MeasuredValue.PerLayer(List.of(1.0, value)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new MeasuredValue.Scalar(1, OptionalDouble.of(value), false))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void exact_number_hasNoStandardError() {
    assertThat(MeasuredValue.exact(2))
        .isEqualTo(new MeasuredValue.Scalar(2, OptionalDouble.empty(), false));
  }

  @Test
  void description_keyWithSpaces_isRefused() {
    assertThatThrownBy(
            () ->
                new MeasureDescription(
                    "my measure", "", "", CostClass.WEIGHTS, Set.of(), Set.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("measure key: my measure (expected: lower-case words joined by _)");
  }

  @Test
  void outputs_ofTheWrongSize_areRefused() {
    assertThatThrownBy(() -> new Outputs(3, new double[5], new int[2]))
        .hasMessage("logits: 5 (expected: 2 examples × 3 classes)");
    assertThat(new Outputs(2, new double[] {1, 2, 3, 4}, new int[2]).logit(1, 0)).isEqualTo(3);
  }

  @Test
  void matrix_elements_areRowMajor() {
    assertThat(new Matrix(2, 3, new double[] {1, 2, 3, 4, 5, 6}).get(1, 0)).isEqualTo(4);
    assertThatThrownBy(() -> new Matrix(2, 2, new double[3]))
        .hasMessage("values: 3 (expected: 2 × 2)");
  }
}
