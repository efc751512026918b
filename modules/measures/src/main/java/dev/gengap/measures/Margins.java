package dev.gengap.measures;

import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.Need;
import dev.gengap.measures.api.Outputs;
import java.util.Arrays;
import java.util.List;

/** By how much the network prefers the right class: f(x)[y] − max_{j≠y} f(x)[j]. */
final class Margins {
  private Margins() {}

  static List<Measure> measures() {
    return List.of(
        percentile("margin_p5", 5, Sources.NEYSHABUR_2017),
        percentile("margin_p10", 10, Sources.JIANG_2020));
  }

  private static Measure percentile(String key, int percent, String source) {
    return Definition.of(key, percent + "th percentile of f(x)[y] − max_{j≠y} f(x)[j]", source)
        .needs(Need.TRAIN_OUTPUTS)
        .convention("margin_percentile", Integer.toString(percent))
        .convention("percentile_method", "linear")
        .exact(context -> context.marginPercentile(percent));
  }

  /** The margin of one example. */
  static double of(Outputs outputs, int example) {
    int label = outputs.labels()[example];
    double rival = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < outputs.classes(); k++) {
      if (k != label) {
        rival = Math.max(rival, outputs.logit(example, k));
      }
    }
    return outputs.logit(example, label) - rival;
  }

  /** The margins of all examples, smallest first. */
  static double[] sorted(Outputs outputs) {
    double[] margins = new double[outputs.size()];
    Arrays.setAll(margins, i -> of(outputs, i));
    Arrays.sort(margins);
    return margins;
  }

  /** The value at position (n−1)·percentile/100 of {@code sorted}, linearly interpolated. */
  static double percentile(double[] sorted, double percentile) {
    double position = (sorted.length - 1) * percentile / 100;
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** ln γ⁻². */
  static double lnInverseSquare(double margin) {
    return -2 * StrictMath.log(margin);
  }
}
