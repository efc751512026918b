package dev.gengap.measures;

import dev.gengap.compute.Window;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.LayerSummary;
import dev.gengap.network.layer.Conv2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ℓ2 operator norm of each weight layer as it is applied, biases aside: of a convolution with
 * its stride, its zero padding and the size of what enters it.
 */
final class OperatorNorms {
  /** Most relative error of the norm of a convolution. */
  static final double TOLERANCE = 1e-6;

  /** What a start from the snapshot before has beside it, so that no direction is left out. */
  private static final double RANDOM_SHARE = 0.3;

  private static final Shared<List<LargestSingularValue.Found>> FOUND =
      Shared.handedOn(OperatorNorms::find);

  private OperatorNorms() {}

  /** One for each weight layer. */
  static List<Double> of(MeasureContext context) {
    return context.get(FOUND).stream().map(LargestSingularValue.Found::value).toList();
  }

  private static List<LargestSingularValue.Found> find(MeasureContext context) {
    Optional<List<LargestSingularValue.Found>> before = context.previous(FOUND);
    List<LayerSummary> layers = WeightLayers.of(context.network());
    List<LargestSingularValue.Found> found = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Matrix weight = context.weightMatrices().get(i);
      List<Integer> input = layers.get(i).input();
      if (layers.get(i).layer() instanceof Conv2d conv
          && !isMatrixOfParts(conv.window(input), input)) {
        LinearMap map = new ConvolutionMap(weight, conv.window(input), input);
        int layer = i;
        double[] start = start(context, map, i, before.map(all -> all.get(layer).left()));
        found.add(LargestSingularValue.of(map, start, before.isPresent() ? warm(map) : TOLERANCE));
      } else {
        found.add(new LargestSingularValue.Found(context.spectralNorms().get(i), new double[0]));
      }
    }
    return List.copyOf(found);
  }

  /**
   * Whether the windows of a convolution have no pixel in common and at least one is all within the
   * image: then its norm is that of its matrix, which takes each part of the image by itself.
   */
  private static boolean isMatrixOfParts(Window window, List<Integer> input) {
    return window.strideHeight() >= window.kernelHeight()
        && window.strideWidth() >= window.kernelWidth()
        && seesWhole(
            window.padding().top(), window.kernelHeight(), window.strideHeight(), input.get(1))
        && seesWhole(
            window.padding().left(), window.kernelWidth(), window.strideWidth(), input.get(2));
  }

  /** Whether the first window that begins within the image also ends there. */
  private static boolean seesWhole(int before, int kernel, int stride, int size) {
    int first = (before + stride - 1) / stride * stride - before;
    return first + kernel <= size;
  }

  /**
   * The singular vector of the snapshot before may no longer be the top one. The one that overtook
   * it has little of the start, and shows in the residual by as much less.
   */
  private static double warm(LinearMap map) {
    return TOLERANCE * RANDOM_SHARE / Math.sqrt(map.outputs());
  }

  private static double[] start(
      MeasureContext context, LinearMap map, int layer, Optional<double[]> before) {
    CounterRandom random = CounterRandom.of(context.seed(), RandomStream.MEASURE_START);
    double[] start = LargestSingularValue.start(map.outputs(), random, layer);
    if (before.isPresent() && before.get().length == start.length) {
      Vectors.divide(start, Vectors.norm(start) / RANDOM_SHARE);
      Vectors.add(start, 1, before.get());
    }
    return start;
  }
}
