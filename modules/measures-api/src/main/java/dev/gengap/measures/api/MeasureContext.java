package dev.gengap.measures.api;

import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.List;

/**
 * One snapshot as its measures see it. What several measures share is computed once, when first
 * asked for. W_i, i = 1 … d, are the weights of the linear and convolutional layers, as matrices
 * (out, rest); biases are not among them. Asking for something that the measure's description does
 * not name among its needs throws IllegalStateException where it is not there.
 *
 * <p>Confined to one thread. Nothing given out may be changed.
 */
public interface MeasureContext {
  /** The network. */
  NetworkSpec network();

  /** All its parameters at this snapshot. */
  Weights weights();

  /** All its parameters at step 0. {@link Need#INITIAL_WEIGHTS}. */
  Weights initialWeights();

  /** Where all randomness of a measure comes from; the same for every snapshot of a run. */
  long seed();

  /** The outputs on the training set. {@link Need#TRAIN_OUTPUTS}. */
  Outputs train();

  /** The outputs on the test set. {@link Need#TEST_OUTPUTS}. */
  Outputs test();

  /**
   * The margins f(x)[y] − max_{j≠y} f(x)[j] over the training set at {@code percentile} in 0 … 100,
   * linearly interpolated at position (m−1)·percentile/100. {@link Need#TRAIN_OUTPUTS}.
   */
  double marginPercentile(double percentile);

  /**
   * γ, the margin that normalised measures divide by: the 5th percentile, and positive. {@link
   * Need#TRAIN_OUTPUTS} and {@link Need#POSITIVE_MARGIN}.
   */
  double positiveMargin();

  /** W_1 … W_d. */
  List<Matrix> weightMatrices();

  /** W_1 − W⁰_1 … W_d − W⁰_d. {@link Need#INITIAL_WEIGHTS}. */
  List<Matrix> displacementMatrices();

  /** ‖W_i‖²_F for each layer. */
  List<Double> squaredFrobeniusNorms();

  /** ‖W_i‖_2, the largest singular value, for each layer. */
  List<Double> spectralNorms();

  /**
   * ln of the sum over all paths from an input to an output of ∏|w|^power, power 1 or 2, biases
   * left out. {@link Need#PATHS}.
   */
  double lnPathSum(int power);
}
