package dev.gengap.measures;

import static dev.gengap.measures.SmallNetworks.layers;
import static dev.gengap.measures.SmallNetworks.reason;
import static dev.gengap.measures.SmallNetworks.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpectralTailsTest {
  private static final double[] EIGENVALUES = {1, 1.5, 2, 3, 5, 9, 20};
  private static final double ALPHA = 1.7778106756553365;

  @Test
  void layers_diagonal_haveThoseOfItsSquares() {
    MeasuredSnapshot snapshot = SmallNetworks.snapshot(diagonal(7), diagonal(7));
    assertThat(layers(snapshot, "layer_alpha").get(0)).isCloseTo(ALPHA, within(1e-6));
    assertThat(layers(snapshot, "layer_stable_rank").get(1)).isCloseTo(41.5 / 20, within(1e-6));
    assertThat(layers(snapshot, "layer_alpha_weighted").get(0))
        .isCloseTo(ALPHA * Math.log10(20), within(1e-6));
    double norm = 0;
    for (double eigenvalue : EIGENVALUES) {
      norm += Math.pow(eigenvalue, ALPHA);
    }
    assertThat(layers(snapshot, "layer_log_alpha_norm").get(0))
        .isCloseTo(Math.log10(norm), within(1e-6));
    assertThat(layers(snapshot, "layer_alpha_distance").get(0))
        .isCloseTo(.1459379474575329, within(1e-6));
  }

  @Test
  void mean_layersOfFewEigenvalues_areLeftOut() {
    assertThat(reason(SmallNetworks.snapshot(diagonal(7)), "mean_alpha"))
        .isEqualTo("no layer with 50 eigenvalues");
    float[][] last = new float[2][60];
    last[0][0] = 1;
    last[1][1] = 3;
    MeasuredSnapshot snapshot = SmallNetworks.snapshot(diagonal(60), last);
    assertThat(scalar(snapshot, "mean_stable_rank"))
        .isEqualTo(layers(snapshot, "layer_stable_rank").get(0));
  }

  @Test
  void layers_oneEigenvalue_saysWhichLayerHasNoFit() {
    assertThat(
            reason(
                SmallNetworks.snapshot(diagonal(7), new float[][] {new float[7]}), "layer_alpha"))
        .isEqualTo("no two eigenvalues that differ (layer 2)");
  }

  /** Eigenvalues as above, and again. */
  private static float[][] diagonal(int size) {
    float[][] matrix = new float[size][size];
    for (int i = 0; i < size; i++) {
      matrix[i][i] = (float) Math.sqrt(EIGENVALUES[i % 7]);
    }
    return matrix;
  }
}
