package dev.gengap.measures;

import dev.gengap.measures.api.History;
import dev.gengap.measures.api.Inputs;
import dev.gengap.measures.api.Matrix;
import dev.gengap.measures.api.MeasureContext;
import dev.gengap.measures.api.Outputs;
import dev.gengap.measures.api.Passes;
import dev.gengap.measures.api.Setting;
import dev.gengap.measures.api.Settings;
import dev.gengap.measures.api.Shared;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A loss that is a function known exactly, with its parameters, in place of a network. */
final class ExactContext implements MeasureContext {
  private final double[] parameters;
  private final double[] initial;
  private final CountedPasses passes;
  private final Settings settings;
  private final SharedValues shared = new SharedValues(this);
  private final SharedValues previous;

  private ExactContext(
      double[] parameters,
      double[] initial,
      CountedPasses passes,
      Settings settings,
      SharedValues previous) {
    this.parameters = parameters;
    this.initial = initial;
    this.passes = passes;
    this.settings = settings;
    this.previous = previous;
  }

  /** At {@code parameters}, with w⁰ = 0. */
  static ExactContext of(LossFunction loss, int examples, double... parameters) {
    return new ExactContext(
        parameters,
        new double[parameters.length],
        new CountedPasses(loss, examples),
        Settings.STANDARD,
        SharedValues.none());
  }

  ExactContext startingAt(double... w0) {
    return new ExactContext(parameters, w0, passes, settings, previous);
  }

  ExactContext with(Map<Setting, Double> chosen) {
    return new ExactContext(parameters, initial, passes, new Settings(chosen), previous);
  }

  /** The next snapshot of the same run. */
  ExactContext next(double... moved) {
    return new ExactContext(
        moved, initial, new CountedPasses(passes.loss, passes.examples), settings, shared);
  }

  /** The examples of each gradient over some of them, in the order of the gradients. */
  List<int[]> climbed() {
    return passes.climbed;
  }

  /** Passes over all examples made so far. */
  int passesMade() {
    return passes.made;
  }

  @Override
  public double[] parameters() {
    return parameters;
  }

  @Override
  public double[] initialParameters() {
    return initial;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Passes passes() {
    return passes;
  }

  @Override
  public Passes singlePrecisionPasses() {
    return passes;
  }

  @Override
  public <T> T get(Shared<T> quantity) {
    return shared.get(quantity);
  }

  @Override
  public boolean has(Shared<?> quantity) {
    return shared.has(quantity);
  }

  @Override
  public <T> Optional<T> previous(Shared<T> quantity) {
    return previous.find(quantity);
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public int[] originalLabels() {
    throw new UnsupportedOperationException();
  }

  @Override
  public History history() {
    throw new UnsupportedOperationException();
  }

  @Override
  public NetworkSpec network() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Weights weights() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Weights initialWeights() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Outputs train() {
    int examples = passes.examples();
    return new Outputs(2, new double[2 * examples], new int[examples]);
  }

  @Override
  public Outputs test() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Inputs trainInputs() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Inputs testInputs() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Matrix activations(int layers, Inputs inputs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double marginPercentile(double percentile) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double positiveMargin() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Matrix> weightMatrices() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Matrix> displacementMatrices() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Double> squaredFrobeniusNorms() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Double> spectralNorms() {
    throw new UnsupportedOperationException();
  }

  @Override
  public double lnPathSum(int power) {
    throw new UnsupportedOperationException();
  }

  /** A function of the parameters. */
  interface LossFunction {
    Passes.Loss at(double[] parameters);

    /** The gradient of the loss. */
    default void gradient(double[] parameters, double[] gradient) {
      throw new UnsupportedOperationException();
    }
  }

  private static class CountedPasses implements Passes {
    private final ExactContext.LossFunction loss;
    private final int examples;
    private final List<int[]> climbed = new ArrayList<>();
    private int made;

    CountedPasses(ExactContext.LossFunction loss, int examples) {
      this.loss = loss;
      this.examples = examples;
    }

    @Override
    public int examples() {
      return examples;
    }

    @Override
    public Passes over(int[] indices) {
      CountedPasses whole = this;
      return new CountedPasses(loss, indices.length) {
        @Override
        public double gradient(double[] parameters, double[] gradient) {
          whole.climbed.add(indices);
          return super.gradient(parameters, gradient);
        }
      };
    }

    @Override
    public Passes.Loss loss(double[] parameters) {
      made++;
      return loss.at(parameters);
    }

    @Override
    public double gradient(double[] parameters, double[] gradient) {
      made += 2;
      loss.gradient(parameters, gradient);
      return loss.at(parameters).crossEntropy();
    }

    @Override
    public Outputs outputs(double[] parameters) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean hasHessianProduct() {
      return false;
    }

    @Override
    public void hessianProduct(double[] parameters, double[] vector, double[] product) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void exampleGradients(double[] parameters, ExampleGradient each) {
      throw new UnsupportedOperationException();
    }

    @Override
    public double[] inputJacobian(double[] parameters, int example) {
      throw new UnsupportedOperationException();
    }
  }
}
