package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.network.NetworkLanguage;
import org.junit.jupiter.api.Test;

class VcDimensionTest {

  @Test
  void bound_twoLayers_isThatByHand() {
    var network =
        NetworkLanguage.parse(
            "input = [3], classes = 3, layers = [{type = linear, out = 2}, {type = relu},"
                + " {type = linear, out = 3}]",
            "test");
    assertThat(VcDimension.bound(network)).isCloseTo(255.2589837151654, within(1e-9));
  }

  @Test
  void bound_paths_countTheLongest() {
    var network =
        NetworkLanguage.parse(
            "input = [1, 2, 2], classes = 1, layers = [{type = concat, paths = [[{type = conv2d,"
                + " out = 1, kernel = 1}], [{type = conv2d, out = 1, kernel = 1}, {type = conv2d,"
                + " out = 1, kernel = 1}]]}, {type = flatten}, {type = linear, out = 1}]",
            "test");
    double units = 1 * 4 + 1 * 4 + 2 * 4 + 3 * 1;
    double cumulative = 3 * 2 + 3 * 2 + 2 * 2 + 1 * 9;
    double expected = 3 + cumulative * log2(8 * Math.E * units * log2(4 * Math.E * units));
    assertThat(VcDimension.bound(network)).isCloseTo(expected, within(1e-9));
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
