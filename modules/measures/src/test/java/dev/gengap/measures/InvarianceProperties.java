package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.data.Examples;
import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.CostClass;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Settings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What the symmetries of ReLU networks leave as it is, and what they change by a known factor. */
class InvarianceProperties {
  private static final int INPUTS = 4;
  private static final int CLASSES = 3;

  /** The others search or sample. */
  private static final Set<CostClass> EXACT =
      EnumSet.of(CostClass.WEIGHTS, CostClass.FORWARD, CostClass.GRADIENTS);

  @Property(tries = 60)
  void rescaledHiddenUnit_leavesPathNormsAndMargins(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll @IntRange(min = -6, max = 6) int exponent) {
    float[][][] network = random(seed, width);
    float[][][] rescaled = random(seed, width);
    float factor = Math.scalb(1f, exponent); // exact in float32
    for (int in = 0; in < INPUTS; in++) {
      rescaled[0][width - 1][in] *= factor;
    }
    for (int out = 0; out < width; out++) {
      rescaled[1][out][width - 1] /= factor;
    }
    for (String key : List.of("ln_path1_sum", "ln_path2_sum", "margin_p5", "cross_entropy")) {
      assertSame(key, network, rescaled);
    }
  }

  @Property(tries = 60)
  void rescaledHiddenUnit_changesFrobeniusNormsAsPredicted(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll @IntRange(min = -6, max = 6) int exponent) {
    float[][][] network = random(seed, width);
    float factor = Math.scalb(1f, exponent);
    double incoming = 0;
    for (float w : network[0][0]) {
      incoming += (double) w * w;
    }
    double outgoing = 0;
    for (float[] row : network[1]) {
      outgoing += (double) row[0] * row[0];
    }
    List<Double> before = SmallNetworks.layers(snapshot(network), "layer_frobenius_sq");
    double lnExpected =
        Math.log(before.get(0) + (factor * factor - 1) * incoming)
            + Math.log(before.get(1) + (1 / (factor * factor) - 1) * outgoing)
            + Math.log(before.get(2));
    for (int in = 0; in < INPUTS; in++) {
      network[0][0][in] *= factor;
    }
    for (float[] row : network[1]) {
      row[0] /= factor;
    }
    assertThat(scalar(snapshot(network), "ln_frobenius_product"))
        .isCloseTo(lnExpected, within(1e-9));
  }

  @Property(tries = 40)
  void rescaledLayers_leaveProducts_andScaleNorms(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 1, max = 5) int exponent) {
    float[][][] network = random(seed, 6);
    float[][][] rescaled = random(seed, 6);
    float factor = Math.scalb(1f, exponent);
    scale(rescaled[0], factor);
    scale(rescaled[1], 1 / factor);
    for (String key :
        List.of(
            "ln_spectral_product",
            "ln_operator_product",
            "ln_frobenius_product",
            "ln_trace_norm_product",
            "ln_l3_1.5_product",
            "ln_path1.5_sum",
            "ln_sum_of_spec",
            "fro_over_spec",
            "ln_lipschitz_l2_upper",
            "margin_over_spectral_p50")) {
      assertSame(key, network, rescaled);
    }
    double first = SmallNetworks.layers(snapshot(network), "layer_spectral").get(0);
    assertThat(SmallNetworks.layers(snapshot(rescaled), "layer_spectral").get(0))
        .isCloseTo(factor * first, within(1e-9 * factor * first));
  }

  private static void scale(float[][] matrix, float factor) {
    for (float[] row : matrix) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= factor;
      }
    }
  }

  @Property(tries = 10)
  void permutedHiddenUnits_changeNeitherCurvatureNorSharpness(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 2, max = 6) int width) {
    for (String key : List.of("hessian_trace", "hessian_lambda_max", "keskar_sharpness_5e-4")) {
      double expected = scalar(snapshot(random(seed, width)), key);
      assertThat(scalar(snapshot(permuted(seed, width)), key))
          .as(key)
          .isCloseTo(expected, within(1e-4 * Math.abs(expected)));
    }
  }

  @Property(tries = 20)
  void rescaledHiddenUnits_leaveTheFunctionAndChangeBoxSharpness(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 2, max = 8) int width) {
    float[][][] rescaled = random(seed, width);
    scale(rescaled[0], 64);
    scale(rescaled[1], 1f / 64);
    MeasuredSnapshot before = snapshot(random(seed, width));
    MeasuredSnapshot after = snapshot(rescaled);
    double loss = scalar(before, "cross_entropy");
    assertThat(scalar(after, "cross_entropy")).isCloseTo(loss, within(1e-9 * (1 + loss)));
    double sharpness = scalar(before, "keskar_sharpness_5e-4");
    Assume.that(sharpness > 0); // else no hidden unit is active on any example
    assertThat(scalar(after, "keskar_sharpness_5e-4"))
        .isNotCloseTo(sharpness, within(1e-3 * sharpness));
  }

  @Property(tries = 40)
  void permutedHiddenUnits_changeNothing(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 2, max = 8) int width) {
    List<Measure> measures =
        Catalogue.builtIn().all().stream()
            .filter(m -> EXACT.contains(m.describe().cost()))
            .toList();
    Map<String, Outcome> before = SmallNetworks.outcomes(snapshot(random(seed, width)), measures);
    Map<String, Outcome> after = SmallNetworks.outcomes(snapshot(permuted(seed, width)), measures);
    before.forEach((key, outcome) -> assertSame(key, numbers(after.get(key)), numbers(outcome)));
  }

  @Property(tries = 40)
  void scaledLastLayer_scalesMarginsAndPaths(
      @ForAll @IntRange(max = 1000) int seed,
      @ForAll @IntRange(min = 1, max = 8) int width,
      @ForAll @IntRange(min = 1, max = 9) int factor) {
    float[][][] network = random(seed, width);
    float[][][] scaled = random(seed, width);
    for (float[] row : scaled[2]) {
      for (int i = 0; i < width; i++) {
        row[i] *= factor;
      }
    }
    double before = scalar(snapshot(network), "margin_p10");
    assertThat(scalar(snapshot(scaled), "margin_p10"))
        .isCloseTo(factor * before, within(1e-5 * Math.abs(factor * before) + 1e-12));
    double p2 = scalar(snapshot(network), "ln_path2_sum") + 2 * Math.log(factor);
    assertThat(scalar(snapshot(scaled), "ln_path2_sum")).isCloseTo(p2, within(1e-5));
  }

  @Property(tries = 60)
  void l1Path_isAtMostTheProductOfGroupNorms_timesTheOutputs(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 1, max = 8) int width) {
    MeasuredSnapshot snapshot = snapshot(random(seed, width));
    double product = scalar(snapshot, "ln_l1_inf_product") / 2;
    assertThat(scalar(snapshot, "ln_path1_sum"))
        .isLessThanOrEqualTo(product + Math.log(CLASSES) + 1e-12);
  }

  @Property(tries = 40)
  void spectralNorm_isBetweenFrobeniusOverRootRankAndFrobenius(
      @ForAll @IntRange(max = 1000) int seed, @ForAll @IntRange(min = 1, max = 8) int width) {
    MeasuredSnapshot snapshot = snapshot(random(seed, width));
    assertThat(scalar(snapshot, "fro_over_spec"))
        .isBetween(3 - 1e-9, Math.min(INPUTS, width) + width + Math.min(width, CLASSES) + 1e-9);
  }

  /** The random network with two units of its first hidden layer in each other's place. */
  private static float[][][] permuted(int seed, int width) {
    float[][][] permuted = random(seed, width);
    float[] first = permuted[0][0];
    permuted[0][0] = permuted[0][width - 1];
    permuted[0][width - 1] = first;
    for (float[] row : permuted[1]) {
      float held = row[0];
      row[0] = row[width - 1];
      row[width - 1] = held;
    }
    return permuted;
  }

  private static void assertSame(String key, float[][][] one, float[][][] other) {
    double expected = scalar(snapshot(one), key);
    assertThat(scalar(snapshot(other), key))
        .as(key)
        .isCloseTo(expected, within(1e-9 * (1 + Math.abs(expected))));
  }

  private static void assertSame(String key, List<Double> values, List<Double> expected) {
    assertThat(values).as(key).hasSameSizeAs(expected);
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i))
          .as(key)
          .isCloseTo(expected.get(i), within(1e-9 * (1 + Math.abs(expected.get(i)))));
    }
  }

  /** The numbers of an outcome; none where there are none. */
  private static List<Double> numbers(Outcome outcome) {
    if (outcome instanceof Outcome.Measured measured) {
      if (measured.value() instanceof MeasuredValue.Scalar scalar) {
        return List.of(scalar.value());
      }
      if (measured.value() instanceof MeasuredValue.PerLayer layers) {
        return layers.values();
      }
    }
    return List.of();
  }

  private static MeasuredSnapshot snapshot(float[][]... matrices) {
    return new MeasuredSnapshot(
        SmallNetworks.network(matrices),
        SmallNetworks.weights(matrices),
        Optional.empty(),
        Optional.of(data()),
        Optional.of(data()),
        1,
        Settings.STANDARD);
  }

  private static Examples data() {
    CounterRandom random = CounterRandom.of(9, RandomStream.GENERATED_TRAIN);
    float[][] inputs = new float[20][INPUTS];
    int[] labels = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      labels[i] = i % CLASSES;
      for (int j = 0; j < INPUTS; j++) {
        inputs[i][j] = (float) random.gaussian(i, j);
      }
    }
    return new ArrayExamples(inputs, labels);
  }

  /** Three layers: INPUTS, width, width, CLASSES. */
  private static float[][][] random(int seed, int width) {
    CounterRandom random = CounterRandom.of(seed, RandomStream.INITIALISATION);
    int[] sizes = {INPUTS, width, width, CLASSES};
    float[][][] layers = new float[3][][];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new float[sizes[layer + 1]][sizes[layer]];
      for (int row = 0; row < layers[layer].length; row++) {
        for (int column = 0; column < sizes[layer]; column++) {
          layers[layer][row][column] = (float) random.gaussian(layer, row * sizes[layer] + column);
        }
      }
    }
    return layers;
  }
}
