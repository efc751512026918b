package dev.gengap.network.execution;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.data.Examples;
import dev.gengap.network.Differentiator;
import dev.gengap.network.LayerSummary;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.NetworkSummary;
import dev.gengap.network.PiecewiseLinear;
import dev.gengap.network.layer.BatchNorm;
import dev.gengap.network.layer.Dropout;
import java.util.Arrays;

/**
 * Differentiates on a backend, some hundred examples at a time; sums over them are made on the
 * host. What a kind of pass needs is allocated at its first use. Confined to the thread that made
 * it. Caller closes it, and the backend after it.
 */
final class BackendDifferentiator implements Differentiator {
  private static final int MOST_EXAMPLES = 512;
  private static final int MOST_ACTIVATIONS = 1 << 25;

  private final NetworkSpec spec;
  private final int chunk;
  private final Workspace workspace;
  private final ParameterTensors weights;
  private final ParameterVector parameters;
  private final GradientTarget target;
  private final ParameterVector gradients;
  private final float[] inputs;
  private ChunkedForward forward;
  private TrainingPass training;
  private JacobianPass jacobian;
  private Curvature curvature;

  /**
   * For networks of {@code spec}.
   *
   * @throws IllegalArgumentException if one of its layers computes otherwise in training than in
   *     evaluation
   */
  BackendDifferentiator(Backend backend, NetworkSpec spec, Precision precision) {
    NetworkSummary summary = NetworkSummary.of(spec);
    summary.layers().forEach(BackendDifferentiator::requireSameInTraining);
    this.spec = spec;
    chunk = chunk(summary);
    workspace = backend.newWorkspace(precision);
    weights = ParameterTensors.weights(workspace, spec);
    parameters = new ParameterVector(spec, weights);
    ParameterTensors values = ParameterTensors.forParameters(workspace, spec, TensorRole.READ_OUT);
    target = new GradientTarget(values, 0);
    gradients = new ParameterVector(spec, values);
    inputs = new float[chunk * spec.features()];
  }

  @Override
  public double[] logits(double[] at, Examples examples) {
    parameters.write(at);
    if (forward == null) {
      forward = new ChunkedForward(workspace, spec, weights);
    }
    return forward.all(examples);
  }

  @Override
  public double gradient(double[] at, Examples examples, double[] gradient) {
    parameters.write(at);
    require("examples", examples.size() > 0, examples.size(), "> 0");
    Arrays.fill(gradient, 0);
    double sum = 0;
    for (int from = 0; from < examples.size(); from += chunk) {
      int count = Math.min(chunk, examples.size() - from);
      sum += lossSum(examples, from, count);
      gradients.addTo(gradient, (double) count / examples.size());
    }
    return sum / examples.size();
  }

  @Override
  public void exampleGradients(double[] at, Examples examples, Consumer each) {
    parameters.write(at);
    double[] gradient = new double[gradients.size()];
    for (int i = 0; i < examples.size(); i++) {
      double loss = lossSum(examples, i, 1);
      Arrays.fill(gradient, 0);
      gradients.addTo(gradient, 1);
      each.accept(i, loss, gradient);
    }
  }

  @Override
  public double[] inputJacobian(double[] at, Examples examples, int index) {
    if (index < 0 || index >= examples.size()) {
      throw new IndexOutOfBoundsException(
          "example: " + index + " (expected: 0 … " + (examples.size() - 1) + ")");
    }
    requireFit(examples);
    parameters.write(at);
    if (jacobian == null) {
      jacobian = new JacobianPass(workspace, spec, weights, target, chunk);
    }
    float[] example = new float[spec.features()];
    examples.copyInputs(index, 1, example);
    return jacobian.run(example);
  }

  @Override
  public boolean hasHessianProduct() {
    return PiecewiseLinear.is(spec);
  }

  @Override
  public void hessianProduct(double[] at, Examples examples, double[] vector, double[] product) {
    require("examples", examples.size() > 0, examples.size(), "> 0");
    requireFit(examples);
    parameters.write(at);
    if (curvature == null) {
      curvature = new Curvature();
    }
    curvature.product(examples, vector, product);
  }

  @Override
  public void close() {
    workspace.close();
  }

  /** The sum of the losses of some examples; the gradient of their mean is left in its tensors. */
  private double lossSum(Examples examples, int from, int count) {
    requireFit(examples);
    if (training == null) {
      training =
          new TrainingPass(workspace, spec, weights, target, new TrainingPass.Settings(chunk, 0));
    }
    examples.copyInputs(from, count, inputs);
    training.run(0, RowSource.of(inputs, spec.features()), labels(examples, from, count), count);
    return training.lossSum();
  }

  private static int[] labels(Examples examples, int from, int count) {
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> examples.label(from + i));
    return labels;
  }

  private void requireFit(Examples examples) {
    require(
        "features", examples.features() == spec.features(), examples.features(), spec.features());
  }

  private static void requireSameInTraining(LayerSummary summary) {
    boolean differs = summary.layer() instanceof BatchNorm || summary.layer() instanceof Dropout;
    require(
        "layer " + summary.name(),
        !differs,
        summary.layer().type(),
        "one that computes the same in training as in evaluation");
  }

  private static void require(String name, boolean met, Object value, Object expected) {
    if (!met) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  /** Products with the Hessian; of half as many examples at once, which have tangents too. */
  private final class Curvature {
    private final int most = Math.max(1, chunk / 2);
    private final CurvaturePass pass = new CurvaturePass(workspace, spec, weights, target, most);
    private final ParameterVector direction = new ParameterVector(spec, pass.direction());
    private final ParameterVector products = new ParameterVector(spec, pass.product());

    void product(Examples examples, double[] vector, double[] product) {
      direction.write(vector);
      Arrays.fill(product, 0);
      for (int from = 0; from < examples.size(); from += most) {
        int count = Math.min(most, examples.size() - from);
        examples.copyInputs(from, count, inputs);
        pass.run(RowSource.of(inputs, spec.features()), labels(examples, from, count), count);
        products.addTo(product, (double) count / examples.size());
      }
    }
  }

  /** As many examples at once as have some hundred megabytes of activations and gradients. */
  private static int chunk(NetworkSummary summary) {
    long activations = Math.max(1, summary.activationBytes(1) / Float.BYTES);
    return (int) Math.max(1, Math.min(MOST_EXAMPLES, MOST_ACTIVATIONS / activations));
  }
}
