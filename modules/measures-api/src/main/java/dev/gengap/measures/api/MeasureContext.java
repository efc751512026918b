package dev.gengap.measures.api;

import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.List;
import java.util.Optional;

/**
 * One snapshot as its measures see it. What several measures share is computed once, when first
 * asked for. W_i, i = 1 … d, are the weights of the linear and convolutional layers, as matrices
 * (out, rest); biases are not among them. Asking for something that the measure's description does
 * not name among its needs throws IllegalStateException where it is not there.
 *
 * <p>Confined to one thread. Nothing given out may be changed.
 */
public interface MeasureContext {
  /** The network, its batch norm folded into the layers before it where that is possible. */
  NetworkSpec network();

  /** All its tensors at this snapshot. */
  Weights weights();

  /** All its tensors at step 0, folded with their own statistics. {@link Need#INITIAL_WEIGHTS}. */
  Weights initialWeights();

  /** The numbers of {@link NetworkSpec#parameters}, one tensor after the other, as one vector w. */
  double[] parameters();

  /** The same at step 0: w⁰. {@link Need#INITIAL_WEIGHTS}. */
  double[] initialParameters();

  /** What the user chose. Whatever a value depends on, its measure's description names. */
  Settings settings();

  /**
   * Passes over training examples with any parameters, in double precision. {@link
   * Need#TRAIN_PASSES}.
   */
  Passes passes();

  /**
   * The same in single precision, two to three times as fast: for searches, and for samples whose
   * spread is far above rounding. {@link Need#TRAIN_PASSES}.
   */
  Passes singlePrecisionPasses();

  /** A quantity that measures share, computed when first asked for. */
  <T> T get(Shared<T> quantity);

  /** Whether {@code quantity} has been computed here already, so that it costs nothing more. */
  boolean has(Shared<?> quantity);

  /**
   * The same quantity, if it is {@linkplain Shared#handedOn handed on}, at the last snapshot of
   * this run that was measured before this one and gave it: a place to start a search from, which
   * must not change what it finds beyond its tolerance.
   */
  <T> Optional<T> previous(Shared<T> quantity);

  /** Where all randomness of a measure comes from; the same for every snapshot of a run. */
  long seed();

  /** The outputs on the training set. {@link Need#TRAIN_OUTPUTS}. */
  Outputs train();

  /**
   * The labels of the examples of {@link #train} before their corruption, in the same order. {@link
   * Need#ORIGINAL_LABELS}.
   */
  int[] originalLabels();

  /** How training went until this snapshot. {@link Need#TRAINING_HISTORY}. */
  History history();

  /** The outputs on the test set. {@link Need#TEST_OUTPUTS}. */
  Outputs test();

  /**
   * The inputs of the training set, the first {@link Setting#EXAMPLES} of them. {@link
   * Need#TRAIN_INPUTS}.
   */
  Inputs trainInputs();

  /** The inputs of the test set, all of them. {@link Need#TEST_INPUTS}. */
  Inputs testInputs();

  /**
   * What leaves the first {@code layers} layers of {@link #network}, after all of them its outputs,
   * for any inputs, which are rounded to float32: (example, number). One forward pass.
   *
   * @param layers 0 … the number of layers
   */
  Matrix activations(int layers, Inputs inputs);

  /**
   * The margins f(x)[y] − max_{j≠y} f(x)[j] over the training set at {@code percentile} in 0 … 100,
   * linearly interpolated at position (m−1)·percentile/100. {@link Need#TRAIN_OUTPUTS}.
   */
  double marginPercentile(double percentile);

  /**
   * γ, the margin that normalised measures divide by: {@link Setting#MARGIN_PERCENTILE}. {@link
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
