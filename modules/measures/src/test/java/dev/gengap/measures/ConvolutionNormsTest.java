package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.layers;
import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.compute.reference.ReferenceBackend;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Settings;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.BackendRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Norms of convolutions worked out by hand: as matrices, as applied, and as circular ones. */
class ConvolutionNormsTest {
  private static final float[] CROSS = {0, 1, 0, 1, 2, 1, 0, 1, 0};

  @Test
  void twoKernelsWithoutPadding_haveTheNormsByHand() {
    MeasuredSnapshot snapshot = twoKernels();
    assertLayers(snapshot, "layer_spectral", 2.6457513110645903, 2.6457513110645903);
    assertLayers(snapshot, "layer_operator", 3.821715732652476, 2.6457513110645903);
    assertLayers(snapshot, "layer_spectral_fft", 4.47213595499958, 2.6457513110645903);
    assertLayers(snapshot, "layer_frobenius_sq", 12, 14);
    assertLayers(snapshot, "layer_l1_inf", 4, 5);
    assertThat(scalar(snapshot, "path2_sum")).isCloseTo(84, within(1e-9));
    assertThat(scalar(snapshot, "path1_sum")).isCloseTo(40, within(1e-9));
    assertThat(Math.exp(scalar(snapshot, "ln_operator_product")))
        .isCloseTo(102.23857798842418, within(1e-7));
    assertThat(Math.exp(scalar(snapshot, "ln_spectral_product"))).isCloseTo(49, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1, 5.23606797749979",
    "8, 1, 5.758770483143634",
    "4, 2, 3.0390899916751053",
    "8, 2, 3.32628588255368",
  })
  void cross_asApplied_dependsOnSizeAndStride(int size, int stride, double expected) {
    MeasuredSnapshot snapshot = cross(size, stride);
    assertThat(layers(snapshot, "layer_operator").get(0)).isCloseTo(expected, within(1e-9));
    assertThat(layers(snapshot, "layer_spectral_fft").get(0)).isCloseTo(6, within(1e-9));
    assertThat(layers(snapshot, "layer_spectral").get(0))
        .isCloseTo(2.8284271247461903, within(1e-9));
  }

  @Test
  void warmStart_fromOtherWeights_doesNotChangeTheValue() {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      SnapshotMeasures run = new SnapshotMeasures(new BackendRuntime(backend));
      var measures = Catalogue.builtIn().named(List.of("layer_operator"));
      MeasuredSnapshot first = noise(1);
      MeasuredSnapshot second = noise(2);
      run.next(measures, first);
      Outcome warm = run.next(measures, second).get(0).outcome();
      double expected = layers(second, "layer_operator").get(0);
      assertThat(((MeasuredValue.PerLayer) ((Outcome.Measured) warm).value()).values().get(0))
          .isCloseTo(expected, within(1e-6 * expected));
    }
  }

  private static MeasuredSnapshot twoKernels() {
    NetworkSpec network =
        NetworkLanguage.parse(
            "input = [1, 3, 3], classes = 2, layers = [{type = conv2d, out = 2, kernel = 2,"
                + " bias = false}, {type = relu}, {type = flatten},"
                + " {type = linear, out = 2, bias = false}]",
            "two kernels");
    return snapshot(
        network,
        Map.of(
            "0.weight",
            new FloatArray(List.of(2, 1, 2, 2), new float[] {1, 2, 0, -1, 2, 0, 1, 1}),
            "3.weight",
            new FloatArray(
                List.of(2, 8), new float[] {1, 0, -1, 0, 2, 0, 0, 1, 0, 1, 0, 2, 0, -1, 1, 0})));
  }

  private static MeasuredSnapshot cross(int size, int stride) {
    NetworkSpec network = oneKernel(1, size, stride);
    return snapshot(network, Map.of("0.weight", new FloatArray(List.of(1, 1, 3, 3), CROSS)));
  }

  private static MeasuredSnapshot noise(int seed) {
    float[] values = new float[27];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(seed + i * i);
    }
    return snapshot(
        oneKernel(3, 12, 1), Map.of("0.weight", new FloatArray(List.of(1, 3, 3, 3), values)));
  }

  private static NetworkSpec oneKernel(int channels, int size, int stride) {
    int side = (size + stride - 1) / stride;
    String image = "input = [" + channels + ", " + size + ", " + size + "]";
    String conv =
        "{type = conv2d, out = 1, kernel = 3, padding = 1, bias = false, stride = " + stride + "}";
    return NetworkLanguage.parse(
        image + ", classes = " + side * side + ", layers = [" + conv + ", {type = flatten}]",
        "one kernel");
  }

  private static MeasuredSnapshot snapshot(NetworkSpec network, Map<String, FloatArray> tensors) {
    return new MeasuredSnapshot(
        network,
        new Weights(tensors),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1,
        Settings.STANDARD);
  }

  private static void assertLayers(MeasuredSnapshot snapshot, String key, double... expected) {
    List<Double> values = layers(snapshot, key);
    assertThat(values).as(key).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(values.get(i)).as(key).isCloseTo(expected[i], within(1e-9 * expected[i]));
    }
  }
}
