package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.layers;
import static dev.gengap.measures.SmallNetworks.reason;
import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.api.Settings;
import dev.gengap.network.FloatArray;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.Weights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoftRanksTest {

  @Test
  void of_outlier_isNotOfTheBulk() {
    // 4 · mean 4.8 is below 20; without it, 4 · 1 is the edge
    assertThat(SoftRanks.of(new double[] {1, 1, 1, 1, 20}, 1)).isCloseTo(.2, within(1e-15));
  }

  @Test
  void of_allWithinTheEdge_isAboveOne() {
    // (1 + ½)² · mean 6.5
    assertThat(SoftRanks.of(new double[] {4, 9}, .25)).isCloseTo(1.625, within(1e-15));
  }

  @Test
  void layers_rectangles_haveTheirAspects() {
    float[][] wide = new float[2][8];
    wide[0][0] = 2;
    wide[1][1] = 3;
    float[][] square = {{3, 0}, {0, 1}};
    MeasuredSnapshot snapshot = SmallNetworks.snapshot(wide, square);
    assertThat(layers(snapshot, "layer_mp_soft_rank").get(0)).isCloseTo(1.625, within(1e-9));
    // 4 · mean 5 over 9
    assertThat(layers(snapshot, "layer_mp_soft_rank").get(1)).isCloseTo(20 / 9.0, within(1e-9));
    assertThat(scalar(snapshot, "mean_mp_soft_rank"))
        .isCloseTo((1.625 + 20 / 9.0) / 2, within(1e-9));
  }

  @Test
  void layers_convolution_poolsItsTaps() {
    // taps diag(1, 2) and diag(1, 1): 4 · mean 1.75 over 4
    FloatArray kernel = new FloatArray(List.of(2, 2, 1, 2), new float[] {1, 1, 0, 0, 0, 0, 2, 1});
    FloatArray identity = new FloatArray(List.of(2, 2), new float[] {1, 0, 0, 1});
    MeasuredSnapshot snapshot =
        new MeasuredSnapshot(
            NetworkLanguage.parse(
                "input = [2, 1, 2], classes = 2, layers = [{type = conv2d, out = 2,"
                    + " kernel = [1, 2], bias = false}, {type = flatten},"
                    + " {type = linear, out = 2, bias = false}]",
                "test"),
            new Weights(Map.of("0.weight", kernel, "2.weight", identity)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            Settings.STANDARD);
    assertThat(layers(snapshot, "layer_mp_soft_rank").get(0)).isCloseTo(1.75, within(1e-9));
  }

  @Test
  void layers_allZero_saysWhich() {
    MeasuredSnapshot snapshot = SmallNetworks.snapshot(new float[][] {{1}, {1}}, new float[2][2]);
    assertThat(reason(snapshot, "mean_mp_soft_rank")).isEqualTo("all weights are zero (layer 2)");
  }
}
