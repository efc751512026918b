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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatnessTest {
  /** Wrong where the first parameter is not positive; the loss falls along all parameters. */
  private static final ExactContext.LossFunction SIGN =
      new ExactContext.LossFunction() {
        @Override
        public Passes.Loss at(double[] w) {
          return new Passes.Loss(-w[0], w[0] > 0 ? 0 : 1);
        }

        @Override
        public void gradient(double[] w, double[] gradient) {
          gradient[0] = -1;
        }
      };

  private static final ExactContext.LossFunction NEVER_WRONG = w -> new Passes.Loss(0, 0);

  private static final ExactContext ONE = ExactContext.of(SIGN, 4, 1);

  @Test
  void sigma_ofOneParameter_isWhereATenthOfTheNoiseTurnsItsSign() {
    MeasuredValue.Scalar sigma =
        scalar("sigma_at_drop_0.1", ONE.with(Map.of(Setting.SAMPLES, 20000.)));
    assertThat(sigma.standardError().orElseThrow()).isBetween(1e-3, 2e-2);
    assertThat(sigma.value())
        .isCloseTo(0.7803041460723789, within(4 * sigma.standardError().getAsDouble()));
  }

  @Test
  void sigmaByMagnitude_ofOneParameter_isTheSameButForEpsilon() {
    ExactContext context = ONE.with(Map.of(Setting.SAMPLES, 1000.));
    assertThat(scalar("sigma_mag_at_drop_0.1", context).value())
        .isCloseTo(scalar("sigma_at_drop_0.1", context).value(), within(1e-4));
  }

  @Test
  void flatness_ofSigma_isItsInverseSquareWithTwiceItsRelativeError() {
    MeasuredValue.Scalar sigma = scalar("sigma_at_drop_0.1", ONE);
    MeasuredValue.Scalar flatness = scalar("pac_bayes_flatness", ONE);
    assertThat(flatness.value()).isCloseTo(Math.pow(sigma.value(), -2), within(1e-12));
    double relative = sigma.standardError().orElseThrow() / sigma.value();
    assertThat(flatness.standardError().orElseThrow() / flatness.value())
        .isCloseTo(2 * relative, within(0.5 * relative));
  }

  @Test
  void alpha_ofOneParameter_isTheDistanceToItsSign() {
    assertThat(scalar("alpha_at_drop_0.1", ONE).value()).isCloseTo(1, within(0.03));
    assertThat(scalar("alpha_at_drop_0.1", ONE).standardError()).isEmpty();
    assertThat(scalar("alpha_mag_at_drop_0.1", ONE).value()).isCloseTo(0.5, within(0.015));
    assertThat(scalar("sharpness_mag_flatness", ONE).value()).isCloseTo(4, within(0.2));
  }

  @Test
  void sharpness_ofOneParameter_isItsFormulaAtTheScale() {
    ExactContext started = ONE.startingAt(.25);
    double alpha = scalar("alpha_at_drop_0.1", started).value();
    assertThat(scalar("sharpness_init", started).value())
        .isCloseTo(new FlatnessBounds(1, 4, alpha).worstCase(new double[] {.75}), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pac_bayes_orig", "pac_bayes_mag_init", "sharpness_flatness"})
  void measures_networkThatNothingHarms_areSaturated(String key) {
    ExactContext.LossFunction flat =
        new ExactContext.LossFunction() {
          @Override
          public Passes.Loss at(double[] w) {
            return NEVER_WRONG.at(w);
          }

          @Override
          public void gradient(double[] w, double[] gradient) {
            gradient[0] = 0;
          }
        };
    assertThat(value(key, ExactContext.of(flat, 4, 1)))
        .isEqualTo(
            new MeasuredValue.NotApplicable("saturated: not above 0.1 at the greatest scale, 2^4"));
  }

  @Test
  void sigma_afterAnEarlierSnapshot_isTheSameForLess() {
    ExactContext before = ExactContext.of(SIGN, 4, 1);
    scalar("sigma_at_drop_0.1", before);
    ExactContext after = before.next(1.02);
    ExactContext anew = ExactContext.of(SIGN, 4, 1.02);
    Measure measure = measure("sigma_at_drop_0.1");
    double again = measure.passes(after);
    double cold = measure.passes(anew);
    assertThat(value("sigma_at_drop_0.1", after)).isEqualTo(value("sigma_at_drop_0.1", anew));
    assertThat(after.passesMade()).isLessThan(anew.passesMade());
    assertThat(again).isLessThan(cold);
    assertThat(4 * cold / anew.passesMade())
        .as("forward ones in float32 count a quarter")
        .isBetween(0.5, 2.0);
    assertThat(measure.passes(anew)).as("made once").isZero();
  }

  @Test
  void alpha_passes_areAboutThoseMade() {
    ExactContext context = ExactContext.of(SIGN, 4, 1);
    Measure measure = measure("alpha_at_drop_0.1");
    double foretold = measure.passes(context);
    measure.measure(context);
    assertThat(4 * foretold / context.passesMade()).isBetween(0.5, 2.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpha_at_drop_0.1", "sigma_at_drop_0.1", "hessian_lambda_max"})
  void passes_ofWhatTakesLong_areEnoughToBeAnnounced(String key) {
    ExactContext context = ExactContext.of(SIGN, 50_000, 1);
    assertThat(measure(key).passes(context)).isGreaterThan(SnapshotMeasures.MANY_PASSES);
  }

  @Test
  void measures_ofOneSearch_shareIt() {
    ExactContext context = ExactContext.of(SIGN, 4, 1);
    value("pac_bayes_init", context);
    int made = context.passesMade();
    value("pac_bayes_orig", context);
    value("pac_bayes_flatness", context);
    assertThat(context.passesMade()).isEqualTo(made);
  }

  @Test
  void measures_noTime_areMarkedSo() {
    ExactContext hurried = ONE.with(Map.of(Setting.SECONDS, 1e-9));
    Map<String, Boolean> limited =
        Catalogue.builtIn().named(List.of("flatness")).stream()
            .collect(
                Collectors.toMap(
                    measure -> measure.describe().key(),
                    measure -> ((MeasuredValue.Scalar) measure.measure(hurried)).timeLimited()));
    assertThat(limited).hasSize(17).doesNotContainValue(false);
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
