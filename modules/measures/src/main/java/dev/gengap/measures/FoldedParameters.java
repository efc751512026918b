package dev.gengap.measures;

import dev.gengap.measures.api.Matrix;
import dev.gengap.network.EvaluationForm;
import dev.gengap.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What follows from a snapshot's parameters alone, batch norm folded, each computed once, when
 * first asked for. Confined to one thread.
 */
final class FoldedParameters {
  private final EvaluationForm form;
  private final Lazy<Weights> weights;
  private final Lazy<Weights> initial;
  private final Lazy<double[]> vector = new Lazy<>(() -> vector(weights()));
  private final Lazy<double[]> initialVector = new Lazy<>(() -> vector(initialWeights()));
  private final Lazy<Boolean> finite =
      new Lazy<>(() -> Arrays.stream(vector()).allMatch(Double::isFinite));
  private final Lazy<List<Matrix>> matrices = new Lazy<>(() -> matrices(weights()));
  private final Lazy<List<Matrix>> displacements =
      new Lazy<>(() -> WeightMatrices.differences(matrices(), matrices(initialWeights())));
  private final Lazy<List<Double>> squaredFrobeniusNorms =
      new Lazy<>(() -> matrices().stream().map(FrobeniusNorms::square).toList());
  private final Lazy<List<Double>> spectralNorms;
  private final Lazy<Double> lnPath1Sum = lnPathSumOnce(1);
  private final Lazy<Double> lnPath2Sum = lnPathSumOnce(2);

  /**
   * The parameters of a snapshot of a network of {@code form}.
   *
   * @param initial those at step 0; throws where they are not there
   * @param seed of where iterations start
   */
  FoldedParameters(EvaluationForm form, Weights weights, Supplier<Weights> initial, long seed) {
    this.form = form;
    this.weights = new Lazy<>(() -> form.fold(weights));
    this.initial = new Lazy<>(() -> form.fold(initial.get()));
    this.spectralNorms = new Lazy<>(() -> LargestSingularValue.ofAll(matrices(), seed));
  }

  Weights weights() {
    return weights.get();
  }

  Weights initialWeights() {
    return initial.get();
  }

  /** w. */
  double[] vector() {
    return vector.get();
  }

  /** w⁰. */
  double[] initialVector() {
    return initialVector.get();
  }

  boolean areFinite() {
    return finite.get();
  }

  /** W_1 … W_d. */
  List<Matrix> matrices() {
    return matrices.get();
  }

  /** W_1 − W⁰_1 … W_d − W⁰_d. */
  List<Matrix> displacements() {
    return displacements.get();
  }

  /** ‖W_i‖²_F for each layer. */
  List<Double> squaredFrobeniusNorms() {
    return squaredFrobeniusNorms.get();
  }

  /** ‖W_i‖_2 for each layer. */
  List<Double> spectralNorms() {
    return spectralNorms.get();
  }

  /** ln of the sum over all paths of ∏|w|^power, power 1 or 2. */
  double lnPathSum(int power) {
    return switch (power) {
      case 1 -> lnPath1Sum.get();
      case 2 -> lnPath2Sum.get();
      default -> throw new IllegalArgumentException("power: " + power + " (expected: 1 or 2)");
    };
  }

  private Lazy<Double> lnPathSumOnce(int power) {
    return new Lazy<>(() -> PathNorms.lnSum(form.network(), matrices(), power));
  }

  private double[] vector(Weights of) {
    return ParameterVectors.of(form.network(), of);
  }

  private List<Matrix> matrices(Weights of) {
    return WeightMatrices.of(form.network(), of);
  }
}
