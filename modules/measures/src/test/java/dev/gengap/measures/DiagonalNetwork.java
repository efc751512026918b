package dev.gengap.measures;

import dev.gengap.measures.SmallNetworks.ArrayExamples;
import dev.gengap.measures.api.Settings;
import java.util.Optional;

/**
 * diag(4, 1) relu(diag(2, 3) x), from diag(1, 1) and diag(1, 1), with margins 12 at an input of
 * norm 5 and 6 at one of norm 2.
 */
final class DiagonalNetwork {
  static final float[][][] WEIGHTS = {{{2, 0}, {0, 3}}, {{4, 0}, {0, 1}}};
  static final float[][][] INITIAL = {{{1, 0}, {0, 1}}, {{1, 0}, {0, 1}}};
  static final float[][] INPUTS = {{3, 4}, {0, 2}};
  static final int[] LABELS = {0, 1};

  private DiagonalNetwork() {}

  static MeasuredSnapshot snapshot() {
    return snapshot(WEIGHTS, INPUTS);
  }

  static MeasuredSnapshot snapshot(float[][][] weights, float[][] inputs) {
    return SmallNetworks.snapshot(
        weights,
        Optional.of(INITIAL),
        Optional.of(new ArrayExamples(inputs, LABELS)),
        Optional.empty(),
        Settings.STANDARD);
  }
}
