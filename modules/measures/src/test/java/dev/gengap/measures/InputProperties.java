package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.Examples;
import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Measures that read inputs: what leaves them as they are, and what they are bounds of. */
class InputProperties {
  private static final int INPUTS = 3;
  private static final int CLASSES = 3;
  private static final int EXAMPLES = 30;

  /** γ at the 90th percentile: networks that were not trained have few margins above 0. */
  private static final Settings SETTINGS =
      new Settings(Map.of(Setting.MARGIN_PERCENTILE, 90.0, Setting.CELLS, 3.0));

  @Property(tries = 40)
  void permutedHiddenUnits_leaveTwoLayerBounds(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 2, max = 8) int width) {
    List<Measure> measures = Catalogue.builtIn().named(List.of("two-layer"));
    float[][][] weights = random(seed, width);
    float[][][] initial = random(seed + 5000, width);
    Map<String, Outcome> before =
        SmallNetworks.outcomes(snapshot(weights, initial, data(seed, 1)), measures);
    Map<String, Outcome> after =
        SmallNetworks.outcomes(
            snapshot(permuted(weights), permuted(initial), data(seed, 1)), measures);
    before.forEach((key, outcome) -> assertSame(key, after.get(key), outcome));
  }

  @Property(tries = 40)
  void rescaledLayersAndInputs_leaveNormalisedMargins(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 1, max = 6) int exponent) {
    float[][][] weights = random(seed, 5);
    float factor = Math.scalb(1f, exponent);
    float[][][] rescaled = {scaled(weights[0], factor), scaled(weights[1], 3)};
    for (String key : List.of("margin_over_spectral_input_p10", "margin_over_spectral_input_p75")) {
      double expected = scalar(snapshot(weights, weights, data(seed, 1)), key);
      assertThat(scalar(snapshot(rescaled, weights, data(seed, factor)), key))
          .as(key)
          .isCloseTo(expected, within(1e-5 * Math.abs(expected) + 1e-9));
    }
  }

  @Property(tries = 40)
  void rescaledInputs_scaleCells_andTheirLossesStayWithTheFunction(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = -4, max = 4) int exponent) {
    float[][][] weights = random(seed, 5);
    float factor = Math.scalb(1f, exponent); // exact in float32
    float[][][] inverse = {scaled(weights[0], 1 / factor), weights[1]};
    MeasuredSnapshot before = snapshot(weights, weights, data(seed, 1));
    MeasuredSnapshot after = snapshot(inverse, weights, data(seed, factor));
    double radius = scalar(before, "robustness_radius");
    assertThat(scalar(after, "robustness_radius"))
        .isCloseTo(factor * radius, within(1e-9 * factor * radius));
    for (String key : List.of("robustness_spread_train", "robustness_spread")) {
      assertThat(scalar(after, key)).as(key).isCloseTo(scalar(before, key), within(1e-9));
    }
    assertThat(scalar(before, "robustness_spread"))
        .isGreaterThanOrEqualTo(scalar(before, "robustness_spread_train"));
  }

  @Property(tries = 40)
  void lipschitzBounds_areInOrder(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 2, max = 8) int width) {
    MeasuredSnapshot snapshot = snapshot(random(seed, width), random(seed, width), data(seed, 1));
    double upper = scalar(snapshot, "ln_lipschitz_l2_upper");
    assertThat(lowerBound(snapshot)).isLessThanOrEqualTo(upper + 1e-9);
    assertThat(scalar(snapshot, "ln_margin_lipschitz_l2"))
        .isLessThanOrEqualTo(upper + Math.log(2) / 2 + 1e-9);
  }

  /** −∞ where no hidden unit is active on any example. */
  private static double lowerBound(MeasuredSnapshot snapshot) {
    String key = "ln_lipschitz_l2_lower";
    Outcome outcome =
        SmallNetworks.outcomes(snapshot, Catalogue.builtIn().named(List.of(key))).get(key);
    return outcome instanceof Outcome.Measured measured
            && measured.value() instanceof MeasuredValue.Scalar scalar
        ? scalar.value()
        : Double.NEGATIVE_INFINITY;
  }

  private static void assertSame(String key, Outcome outcome, Outcome expected) {
    if (expected instanceof Outcome.Measured measured
        && measured.value() instanceof MeasuredValue.Scalar scalar) {
      double value = ((MeasuredValue.Scalar) ((Outcome.Measured) outcome).value()).value();
      assertThat(value)
          .as(key)
          .isCloseTo(scalar.value(), within(1e-9 * (1 + Math.abs(scalar.value()))));
    } else {
      assertThat(outcome).as(key).isEqualTo(expected);
    }
  }

  private static MeasuredSnapshot snapshot(
      float[][][] weights, float[][][] initial, Examples data) {
    return SmallNetworks.snapshot(
        weights, Optional.of(initial), Optional.of(data), Optional.of(data), SETTINGS);
  }

  /** The hidden units the other way round. */
  private static float[][][] permuted(float[][][] weights) {
    List<float[]> incoming = new ArrayList<>(List.of(weights[0]));
    Collections.reverse(incoming);
    float[][] outgoing = new float[CLASSES][];
    for (int row = 0; row < CLASSES; row++) {
      int width = weights[1][row].length;
      outgoing[row] = new float[width];
      for (int unit = 0; unit < width; unit++) {
        outgoing[row][unit] = weights[1][row][width - 1 - unit];
      }
    }
    return new float[][][] {incoming.toArray(new float[0][]), outgoing};
  }

  private static float[][] scaled(float[][] matrix, float factor) {
    float[][] scaled = new float[matrix.length][matrix[0].length];
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < matrix[row].length; column++) {
        scaled[row][column] = factor * matrix[row][column];
      }
    }
    return scaled;
  }

  private static Examples data(int seed, float factor) {
    int[] labels = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = i % CLASSES;
    }
    float[][] inputs = random(seed, RandomStream.GENERATED_TRAIN, EXAMPLES, INPUTS);
    return new ArrayExamples(scaled(inputs, factor), labels);
  }

  private static float[][][] random(int seed, int width) {
    return new float[][][] {
      random(seed, RandomStream.INITIALISATION, width, INPUTS),
      random(seed, RandomStream.BATCH_ORDER, CLASSES, width)
    };
  }

  private static float[][] random(int seed, RandomStream stream, int rows, int columns) {
    CounterRandom random = CounterRandom.of(seed, stream);
    float[][] matrix = new float[rows][columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        matrix[row][column] = (float) random.gaussian(row, column);
      }
    }
    return matrix;
  }
}
