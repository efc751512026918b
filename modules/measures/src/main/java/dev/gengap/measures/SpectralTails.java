package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.LayerSummary;
import dev.gengap.network.layer.Conv2d;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How heavy the tails of the layers' spectra are: power laws fitted to the eigenvalues λ of WᵀW, of
 * a convolution to those of all its taps' matrices (out, in) together, each times half the number
 * of taps.
 */
final class SpectralTails {
  private static final int ENOUGH = 50;

  /** Share of the largest, below which an eigenvalue may be a rounding error. */
  private static final double ROUNDING = 1e-12;

  private static final Shared<List<double[]>> SPECTRA = Shared.of(SpectralTails::computeSpectra);

  private static final Shared<List<Optional<Tail>>> TAILS = Shared.of(SpectralTails::tails);

  private SpectralTails() {}

  /**
   * Of one layer.
   *
   * @param eigenvalues the smallest first, none zero
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Tail(double[] eigenvalues, PowerLaw fit) {
    double largest() {
      return eigenvalues[eigenvalues.length - 1];
    }

    double weighted() {
      return fit.alpha() * StrictMath.log10(largest());
    }

    /** log10 Σ λ^α. */
    double logAlphaNorm() {
      double sum = 0;
      for (double eigenvalue : eigenvalues) {
        sum += StrictMath.pow(eigenvalue / largest(), fit.alpha());
      }
      return weighted() + StrictMath.log10(sum);
    }

    double stableRank() {
      return Arrays.stream(eigenvalues).sum() / largest();
    }
  }

  static List<Measure> measures() {
    List<Measure> measures = new ArrayList<>();
    add(measures, "alpha", "α of λ^−α", tail -> tail.fit.alpha());
    add(measures, "alpha_weighted", "α log10 λ_max", Tail::weighted);
    add(measures, "log_alpha_norm", "log10 Σ λ^α", Tail::logAlphaNorm);
    add(measures, "stable_rank", "Σ λ / λ_max", Tail::stableRank);
    add(measures, "alpha_distance", "Kolmogorov–Smirnov distance", tail -> tail.fit.distance());
    return measures;
  }

  private static void add(
      List<Measure> measures, String key, String formula, ToDoubleFunction<Tail> value) {
    measures.add(
        define("layer_" + key, formula + ", of each layer")
            .convention("eigenvalues", "any number; under " + ENOUGH + " a fit means little")
            .value(context -> perLayer(context, value)));
    measures.add(
        define("mean_" + key, formula + ", mean over layers")
            .convention("eigenvalues", "layers with at least " + ENOUGH)
            .value(context -> mean(context, value)));
  }

  private static Definition define(String key, String formula) {
    return Definition.ofWeights(key, formula, Sources.MARTIN_2021)
        .convention("convolution", "matrices of taps pooled, λ · taps / 2")
        .convention("xmin", "least Kolmogorov–Smirnov distance")
        .convention("zero", "at most " + ROUNDING + " of the largest, left out");
  }

  private static MeasuredValue perLayer(MeasureContext context, ToDoubleFunction<Tail> value) {
    List<Double> values = new ArrayList<>();
    for (Optional<Tail> tail : context.get(TAILS)) {
      if (tail.isEmpty()) {
        return new MeasuredValue.NotApplicable(
            "no two eigenvalues that differ (layer "
                + WeightLayers.of(context.network()).get(values.size()).name()
                + ")");
      }
      values.add(value.applyAsDouble(tail.get()));
    }
    return new MeasuredValue.PerLayer(values);
  }

  private static MeasuredValue mean(MeasureContext context, ToDoubleFunction<Tail> value) {
    double[] values =
        context.get(TAILS).stream()
            .flatMap(Optional::stream)
            .filter(tail -> tail.eigenvalues.length >= ENOUGH)
            .mapToDouble(value)
            .toArray();
    return values.length == 0
        ? new MeasuredValue.NotApplicable("no layer with " + ENOUGH + " eigenvalues")
        : MeasuredValue.exact(Arrays.stream(values).sum() / values.length);
  }

  private static List<Optional<Tail>> tails(MeasureContext context) {
    List<Optional<Tail>> tails = new ArrayList<>();
    for (double[] spectrum : spectra(context)) {
      double[] eigenvalues = nonZero(spectrum);
      tails.add(PowerLaw.fit(eigenvalues).map(fit -> new Tail(eigenvalues, fit)));
    }
    return List.copyOf(tails);
  }

  /** The eigenvalues of each layer, those of zero included, the smallest first. */
  static List<double[]> spectra(MeasureContext context) {
    return context.get(SPECTRA);
  }

  private static List<double[]> computeSpectra(MeasureContext context) {
    List<LayerSummary> layers = WeightLayers.of(context.network());
    List<double[]> spectra = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Matrix weight = context.weightMatrices().get(i);
      spectra.add(
          layers.get(i).layer() instanceof Conv2d conv
              ? ofTaps(weight, conv.kernel().height() * conv.kernel().width())
              : SingularValues.squares(weight));
    }
    return List.copyOf(spectra);
  }

  private static double[] ofTaps(Matrix weight, int taps) {
    int columns = weight.columns() / taps;
    int each = Math.min(weight.rows(), columns);
    double[] all = new double[taps * each];
    for (int tap = 0; tap < taps; tap++) {
      double[] values = new double[weight.rows() * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = weight.values()[i * taps + tap];
      }
      double[] squares = SingularValues.squares(new Matrix(weight.rows(), columns, values));
      for (int i = 0; i < each; i++) {
        all[tap * each + i] = squares[i] * taps / 2;
      }
    }
    Arrays.sort(all);
    return all;
  }

  private static double[] nonZero(double[] sorted) {
    double least = ROUNDING * sorted[sorted.length - 1];
    return Arrays.stream(sorted).filter(value -> value > least).toArray();
  }
}
