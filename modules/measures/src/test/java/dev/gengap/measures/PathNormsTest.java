package dev.gengap.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gengap.measures.api.Matrix;
import dev.gengap.network.NetworkLanguage;
import dev.gengap.network.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathNormsTest {
  @Test
  void lnSum_throughConvolutionAndMean_countsPaths() {
    NetworkSpec network =
        network(
            "[1, 3, 3]",
            "{type = conv2d, out = 1, kernel = 2, stride = 2, padding = 1, bias = false}",
            "{type = avg_pool2d, kernel = 2}",
            "{type = flatten}",
            "{type = linear, out = 1, bias = false}");
    // |w| = 1, 2, 3, 4: the four windows see the corner, two of the top, two of the left, and four.
    Matrix kernel = new Matrix(1, 4, new double[] {-1, 2, -3, 4});
    Matrix last = new Matrix(1, 1, new double[] {-2});

    assertPathSum(network, List.of(kernel, last), 1, 2 * (4 + 7 + 6 + 10) / 4.0);
    assertPathSum(network, List.of(kernel, last), 2, 4 * (16 + 25 + 20 + 30) / 4.0);
  }

  @Test
  void lnSum_throughBranches_addsAndConcatenates() {
    NetworkSpec network =
        network(
            "[2]",
            "{type = add, paths = [[{type = linear, out = 2}, {type = relu}], []]}",
            "{type = concat, paths = [[{type = linear, out = 1}], [{type = tanh}]]}",
            "{type = linear, out = 1}");
    Matrix first = new Matrix(2, 2, new double[] {1, 2, 0, -3});
    Matrix second = new Matrix(1, 2, new double[] {1, 1});
    Matrix third = new Matrix(1, 3, new double[] {1, 10, 100});

    // After the sum (1 + 3, 1 + 3); concatenated (8, 4, 4).
    assertPathSum(network, List.of(first, second, third), 1, 8 + 40 + 400);
  }

  @Test
  void lnSum_maximum_takesTheLargestThatReachesIt() {
    NetworkSpec network =
        network(
            "[1, 1, 4]",
            "{type = conv2d, out = 1, kernel = [1, 2], stride = [1, 1], padding = [0, 1]}",
            "{type = max_pool2d, kernel = [1, 5]}",
            "{type = flatten}");
    assertPathSum(network, List.of(new Matrix(1, 2, new double[] {2, 3})), 1, 5);
  }

  @Test
  void lnSum_throughNormalisation_isRefused() {
    NetworkSpec network = network("[1, 2, 2]", "{type = batch_norm}", "{type = flatten}");
    assertThatThrownBy(() -> PathNorms.lnSum(network, List.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer: batch_norm (expected: one whose paths are known)");
  }

  private static void assertPathSum(
      NetworkSpec network, List<Matrix> weights, int power, double expected) {
    assertThat(Math.exp(PathNorms.lnSum(network, weights, power)))
        .isCloseTo(expected, within(1e-12 * expected));
  }

  /** As many classes as the last layer gives. */
  private static NetworkSpec network(String input, String... layers) {
    String classes = input.equals("[1, 2, 2]") ? "4" : "1";
    return NetworkLanguage.parse(
        "input = "
            + input
            + ", classes = "
            + classes
            + ", layers = ["
            + String.join("\n", layers)
            + "]",
        "test");
  }
}
