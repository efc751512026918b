package dev.gengap.measures;

import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.Weights;

/** The first layer at step 0 of a network that begins with a linear layer and a ReLU. */
final class InitialLayer {
  /** ‖W⁰_1‖_2. */
  static final Shared<Double> SPECTRAL_NORM = Shared.of(InitialLayer::spectralNorm);

  /** The sum over hidden units h of the mean over training inputs of relu(W⁰_1 x + b⁰_1)_h². */
  static final Shared<Double> HIDDEN_SQUARE = Shared.of(InitialLayer::hiddenSquare);

  private InitialLayer() {}

  private static double spectralNorm(MeasureContext context) {
    return LargestSingularValue.of(
        matrix(context), CounterRandom.of(context.seed(), RandomStream.MEASURE_START), 0);
  }

  private static double hiddenSquare(MeasureContext context) {
    DenseMap map = new DenseMap(matrix(context));
    double[] bias = bias(context, map.outputs());
    Inputs inputs = context.trainInputs();
    double[] x = new double[inputs.features()];
    double sum = 0;
    for (int i = 0; i < inputs.size(); i++) {
      inputs.copy(i, x);
      double[] hidden = map.times(x);
      for (int h = 0; h < hidden.length; h++) {
        double active = Math.max(hidden[h] + bias[h], 0);
        sum += active * active;
      }
    }
    return sum / inputs.size();
  }

  private static Matrix matrix(MeasureContext context) {
    return WeightMatrices.of(context.network(), context.initialWeights()).get(0);
  }

  /** b⁰_1; zeros where the layer has none. */
  private static double[] bias(MeasureContext context, int units) {
    String name = WeightLayers.of(context.network()).get(0).name() + ".bias";
    Weights initial = context.initialWeights();
    double[] bias = new double[units];
    boolean has =
        context.network().parameters().stream().anyMatch(tensor -> tensor.name().equals(name));
    for (int h = 0; has && h < units; h++) {
      bias[h] = initial.get(name).values()[h];
    }
    return bias;
  }
}
