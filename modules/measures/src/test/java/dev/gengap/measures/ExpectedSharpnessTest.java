package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Passes;
import dev.gengap.measures.api.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedSharpnessTest {
  /** The loss of a linear regression at its minimum (1, −2), Hessian ((10/3, −1/3), (−1/3, 2)). */
  private static final ExactContext.LossFunction QUADRATIC =
      w -> {
        double a = w[0] - 1;
        double b = w[1] + 2;
        return new Passes.Loss((10 / 3.0 * a * a - 2 / 3.0 * a * b + 2 * b * b) / 2, 0);
      };

  private static final ExactContext G6 = ExactContext.of(QUADRATIC, 3, 1, -2);

  @Test
  void expectedSharpness_ofAQuadratic_isHalfTheVarianceTimesTheTrace() {
    MeasuredValue.Scalar value =
        scalar("expected_sharpness", G6.with(Map.of(Setting.SIGMA, .1, Setting.SAMPLES, 4000.)));
    assertWithinFourErrors(value, 0.0266666666666667);
    assertThat(value.standardError().getAsDouble()).isBetween(1e-4, 1e-3);
    assertThat(value.timeLimited()).isFalse();
  }

  @Test
  void expectedSharpness_growingWithMagnitude_isThatOfTheReference() {
    MeasuredValue.Scalar value =
        scalar("expected_sharpness_neyshabur_alpha_0.01", G6.with(Map.of(Setting.SAMPLES, 4000.)));
    assertWithinFourErrors(value, 0.06426666666666667);
  }

  @Test
  void klNeyshabur_threeWeights_isTheReferenceValue() {
    MeasureContext context = ExactContext.of(QUADRATIC, 3, 1, -.5, 0);
    assertThat(scalar("kl_neyshabur_alpha_0.01", context).value())
        .isCloseTo(152.08907254361804, within(1e-10));
  }

  @Test
  void klAtExpectedSharpness_ofAQuadratic_isWhereTheSharpnessIsReached() {
    MeasuredValue.Scalar value =
        scalar("kl_at_expected_sharpness_0.05", G6.with(Map.of(Setting.SAMPLES, 4000.)));
    double alphaSquared = 1e-4 * 0.05 / 0.06426666666666667;
    assertWithinFourErrors(value, (1 / 121.0 + 4 / 441.0) / alphaSquared);
  }

  @Test
  void klAtExpectedSharpness_lossThatNeverRises_isSaturated() {
    assertThat(value("kl_at_expected_sharpness_0.05", flat()))
        .isEqualTo(
            new MeasuredValue.NotApplicable(
                "saturated: not above 0.05 at the greatest scale, 2^4"));
  }

  @Test
  void expectedSharpness_moreSamples_keepThoseThereWere() {
    ExactContext few = G6.with(Map.of(Setting.SAMPLES, 10.));
    assertThat(few.get(ExpectedSharpness.ISOTROPIC).pairs()).isEqualTo(5);
    assertThat(few.get(ExpectedSharpness.ISOTROPIC))
        .isEqualTo(G6.with(Map.of(Setting.SAMPLES, 10.)).get(ExpectedSharpness.ISOTROPIC));
  }

  @Test
  void expectedSharpness_linearLoss_isZero() {
    MeasureContext linear = ExactContext.of(w -> new Passes.Loss(3 * w[0] + 100, 0), 3, 1);
    assertThat(scalar("expected_sharpness", linear).value()).isCloseTo(0, within(1e-12));
  }

  @Test
  void expectedSharpness_noTime_isLimitedToTheLeastPairs() {
    ExactContext hurried = G6.with(Map.of(Setting.SECONDS, 1e-9));
    assertThat(scalar("expected_sharpness", hurried).timeLimited()).isTrue();
    assertThat(hurried.get(ExpectedSharpness.ISOTROPIC).pairs()).isEqualTo(2);
    assertThat(scalar("kl_at_expected_sharpness_0.05", hurried).timeLimited()).isTrue();
  }

  @Test
  void passes_ofSamples_areAQuarterOfThoseMadeForwardInFloat32() {
    ExactContext context = ExactContext.of(QUADRATIC, 3, 1, -2);
    Measure measure = measure("expected_sharpness");
    assertThat(measure.passes(context)).isEqualTo(101 / 4.0);
    measure.measure(context);
    measure("gibbs_error").measure(context);
    assertThat(context.passesMade()).isEqualTo(101);
  }

  private static MeasureContext flat() {
    return ExactContext.of(w -> new Passes.Loss(1, 0), 3, 1, -2);
  }

  private static void assertWithinFourErrors(MeasuredValue.Scalar value, double expected) {
    double error = value.standardError().orElseThrow();
    assertThat(error).isBetween(1e-4 * expected, 0.1 * expected);
    assertThat(value.value()).isCloseTo(expected, within(4 * error));
  }

  private static MeasuredValue.Scalar scalar(String key, MeasureContext context) {
    return (MeasuredValue.Scalar) value(key, context);
  }

  private static MeasuredValue value(String key, MeasureContext context) {
    return measure(key).measure(context);
  }

  private static Measure measure(String key) {
    return Catalogue.builtIn().named(List.of(key)).get(0);
  }
}
