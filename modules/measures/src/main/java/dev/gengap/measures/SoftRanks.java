package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.network.LayerSummary;
import dev.gengap.network.layer.Conv2d;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Marchenko–Pastur soft rank λ⁺/λ_max of a layer: how much of its spectrum lies within what a
 * random matrix of its shape would have, λ⁺ = σ² (1 + √(M/N))², M ≤ N its sides. The variance σ² is
 * that of the bulk alone: the mean of the eigenvalues that are not above λ⁺.
 */
final class SoftRanks {
  private SoftRanks() {}

  static List<Measure> measures() {
    String formula = "λ⁺ / λ_max, λ⁺ = σ² (1 + √(M/N))², M ≤ N the sides of W_i, ";
    return List.of(
        define("layer_mp_soft_rank", formula + "of each layer").value(SoftRanks::perLayer),
        define("mean_mp_soft_rank", formula + "mean over layers").value(SoftRanks::mean));
  }

  private static Definition define(String key, String formula) {
    return Definition.ofWeights(key, formula, Sources.MARTIN_2021)
        .convention("convolution", "matrices of taps pooled")
        .convention("variance", "mean of the λ that are not above λ⁺, from all of them on");
  }

  private static MeasuredValue mean(MeasureContext context) {
    MeasuredValue value = perLayer(context);
    return value instanceof MeasuredValue.PerLayer layers
        ? MeasuredValue.exact(Layers.sum(layers.values()) / layers.values().size())
        : value;
  }

  private static MeasuredValue perLayer(MeasureContext context) {
    List<LayerSummary> layers = WeightLayers.of(context.network());
    List<double[]> spectra = SpectralTails.spectra(context);
    List<Double> ranks = new ArrayList<>();
    for (int i = 0; i < spectra.size(); i++) {
      double[] spectrum = spectra.get(i);
      if (spectrum[spectrum.length - 1] == 0) {
        return new MeasuredValue.NotApplicable(
            "all weights are zero (layer " + layers.get(i).name() + ")");
      }
      ranks.add(of(spectrum, aspect(context.weightMatrices().get(i), layers.get(i))));
    }
    return new MeasuredValue.PerLayer(ranks);
  }

  /** M/N of the matrices whose eigenvalues a layer's spectrum holds. */
  private static double aspect(Matrix weight, LayerSummary summary) {
    double in =
        summary.layer() instanceof Conv2d conv
            ? (double) weight.columns() / (conv.kernel().height() * conv.kernel().width())
            : weight.columns();
    return Math.min(weight.rows(), in) / Math.max(weight.rows(), in);
  }

  /**
   * The soft rank of a spectrum.
   *
   * @param sorted eigenvalues of WᵀW or WWᵀ, whichever is smaller, the smallest first, the last
   *     above 0
   * @param aspect M/N
   */
  static double of(double[] sorted, double aspect) {
    double widening = (1 + Math.sqrt(aspect)) * (1 + Math.sqrt(aspect));
    int bulk = sorted.length;
    double edge = widening * mean(sorted, bulk);
    while (sorted[bulk - 1] > edge) {
      while (sorted[bulk - 1] > edge) {
        bulk--;
      }
      edge = widening * mean(sorted, bulk);
    }
    return edge / sorted[sorted.length - 1];
  }

  private static double mean(double[] values, int count) {
    return Arrays.stream(values, 0, count).sum() / count;
  }
}
