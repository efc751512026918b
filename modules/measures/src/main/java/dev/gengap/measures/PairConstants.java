package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.MeasuredValue;
import dev.gengap.measures.api.Outputs;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import java.util.Arrays;
import java.util.List;

/**
 * How far the differences of two outputs f_y − f_j move with inputs: by at most ‖W_d[y] − W_d[j]‖_2
 * times the ℓ2 Lipschitz constant of what is below the last layer. Never more than √2 times the
 * bound for all outputs, and often much less.
 */
final class PairConstants {
  private static final Shared<double[][]> APART =
      Shared.of(
          context -> apart(context.weightMatrices().get(context.weightMatrices().size() - 1)));

  private PairConstants() {}

  /** Whether the last layer of {@code context}'s network is linear. */
  static boolean apply(MeasureContext context) {
    List<LayerSpec> layers = context.network().layers();
    return layers.get(layers.size() - 1) instanceof Linear;
  }

  /** ln of the largest constant of a pair. */
  static MeasuredValue lnLargest(MeasureContext context) {
    double largest =
        Arrays.stream(context.get(APART)).flatMapToDouble(Arrays::stream).max().orElseThrow();
    return MeasuredValue.exact(StrictMath.log(largest) + lnBelow(context));
  }

  /** ln of the certified radius at the percentile of γ. */
  static MeasuredValue lnRadius(MeasureContext context) {
    Outputs outputs = context.train();
    double[][] apart = context.get(APART);
    double[] radii = new double[outputs.size()];
    Arrays.setAll(radii, i -> radius(outputs, i, apart));
    Arrays.sort(radii);
    double radius = Margins.percentile(radii, context.settings().get(Setting.MARGIN_PERCENTILE));
    return radius > 0
        ? MeasuredValue.exact(StrictMath.log(radius) - lnBelow(context))
        : new MeasuredValue.NotApplicable("invalid margin");
  }

  /** min over j ≠ y of (f_y − f_j) / ‖W_d[y] − W_d[j]‖_2; below 0 where the answer is wrong. */
  private static double radius(Outputs outputs, int example, double[][] apart) {
    int label = outputs.labels()[example];
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < outputs.classes(); j++) {
      double ahead = outputs.logit(example, label) - outputs.logit(example, j);
      if (j != label && (ahead <= 0 || apart[label][j] > 0)) {
        least = Math.min(least, ahead == 0 ? 0 : ahead / apart[label][j]);
      }
    }
    return least;
  }

  private static double lnBelow(MeasureContext context) {
    List<LayerSpec> layers = context.network().layers();
    return new LipschitzBound(LipschitzBound.Norm.L2, OperatorNorms.of(context))
        .ln(layers.subList(0, layers.size() - 1), context.network().input());
  }

  /** ‖W[y] − W[j]‖_2 of all pairs of rows. */
  private static double[][] apart(Matrix last) {
    double[][] apart = new double[last.rows()][last.rows()];
    for (int y = 0; y < last.rows(); y++) {
      for (int j = 0; j < last.rows(); j++) {
        apart[y][j] =
            Math.sqrt(Vectors.squaredDistance(Vectors.row(last, y), Vectors.row(last, j)));
      }
    }
    return apart;
  }
}
