package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Setting;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.layer.Flatten;
import dev.gengap.network.layer.LayerSpec;
import dev.gengap.network.layer.Linear;
import dev.gengap.network.layer.Relu;
import java.util.List;

/** The bounds of {@link TwoLayerBounds} at one snapshot. */
record TwoLayers(MeasureContext context) {

  /** Whether {@code network}, flattening aside, is W_2 relu(W_1 x). */
  static boolean isFormOf(NetworkSpec network) {
    List<LayerSpec> layers =
        network.layers().stream().filter(layer -> !(layer instanceof Flatten)).toList();
    return layers.size() == 3
        && layers.get(0) instanceof Linear
        && layers.get(1) instanceof Relu
        && layers.get(2) instanceof Linear;
  }

  double core() {
    double initial = context.get(InitialLayer.SPECTRAL_NORM);
    return frobenius(second()) * (initial + distance(0));
  }

  /** ln of the capacity of Neyshabur et al. 2019. */
  double unitWise() {
    double inner =
        Math.sqrt(context.get(InitialLayer.HIDDEN_SQUARE))
            + distance(0) * Math.sqrt(inputs().meanSquare())
            + 1;
    double r =
        3 * Math.sqrt(2) * (Math.sqrt(2 * classes()) + 1) * (frobenius(second()) + 1) * inner;
    double likely = Math.max(1, margin() * Math.sqrt(m())) / delta();
    return lnSquare(r / margin() + 3 * Math.sqrt(5 * hidden() + StrictMath.log(likely)));
  }

  /** ln of the capacity of Bartlett & Mendelson 2002. */
  double l1Inf() {
    double r = 16 * classes() * GroupNorms.l1Inf(first()) * GroupNorms.l1Inf(second());
    double lnFeatures = StrictMath.log(context.network().features());
    return outer(r * Math.sqrt(lnFeatures * inputs().meanSquareOfLargest()));
  }

  /** ln of the capacity of Neyshabur et al. 2015. */
  double frobenius() {
    double r = 8 * Math.sqrt(classes()) * frobenius(first()) * frobenius(second());
    return outer(r * Math.sqrt(inputs().meanSquare()));
  }

  /** ln of the capacity of Bartlett et al. 2017. */
  double spectralL1() {
    List<Matrix> moved = context.displacementMatrices();
    double sum =
        StrictMath.pow(spectral(1) * Distances.rowNormSum(moved.get(0)), 2.0 / 3)
            + StrictMath.pow(spectral(0) * Distances.rowNormSum(moved.get(1)), 2.0 / 3);
    double r =
        144
            * StrictMath.log(m())
            * StrictMath.log(2.0 * context.network().parameterCount())
            * (Math.sqrt(inputs().meanSquare()) + 1 / Math.sqrt(m()))
            * StrictMath.pow(sum, 1.5)
            / margin();
    double scales =
        (2 + 2 * distance(0))
            * (2 + 2 * distance(1))
            * (2 + 2 * spectral(0))
            * (2 + 2 * spectral(1));
    double rest =
        4.5 * StrictMath.log(1 / delta())
            + StrictMath.log(2 * m() / margin())
            + 2 * StrictMath.log(2 + Math.sqrt(m() * inputs().meanSquare()))
            + 2 * StrictMath.log(scales);
    return lnSquare(r + Math.sqrt(rest));
  }

  /** ln of the capacity of Neyshabur et al. 2018. */
  double spectralFrobenius() {
    double hiddenMoved = spectral(1) * distance(0);
    double outputMoved = spectral(0) * distance(1);
    double square = hidden() * hiddenMoved * hiddenMoved + classes() * outputMoved * outputMoved;
    double r =
        42
            * 8
            * spectral(0)
            * Math.sqrt(StrictMath.log(8 * hidden()) * inputs().largestSquare() * square / 2)
            / margin();
    return StrictMath.log(r * r + 6 * StrictMath.log(2 * m() / delta()));
  }

  /** Number of training examples. */
  double m() {
    return context.train().size();
  }

  private double outer(double rTimesMargin) {
    return lnSquare(rTimesMargin / margin() + 3 * Math.sqrt(StrictMath.log(m() / delta())));
  }

  private static double lnSquare(double root) {
    return 2 * StrictMath.log(root);
  }

  private Matrix first() {
    return context.weightMatrices().get(0);
  }

  private Matrix second() {
    return context.weightMatrices().get(1);
  }

  private double classes() {
    return second().rows();
  }

  private double hidden() {
    return first().rows();
  }

  private double margin() {
    return context.positiveMargin();
  }

  private double delta() {
    return context.settings().get(Setting.DELTA);
  }

  private InputNorms inputs() {
    return context.get(InputNorms.OF_TRAINING);
  }

  private double spectral(int layer) {
    return context.spectralNorms().get(layer);
  }

  private double distance(int layer) {
    return frobenius(context.displacementMatrices().get(layer));
  }

  private static double frobenius(Matrix matrix) {
    return Math.sqrt(FrobeniusNorms.square(matrix));
  }
}
