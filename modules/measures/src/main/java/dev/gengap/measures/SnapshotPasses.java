package dev.gengap.measures;

import dev.gengap.data.Examples;
import dev.gengap.measures.api.Outputs;
import dev.gengap.measures.api.Passes;
import dev.gengap.network.Differentiator;
import java.util.Arrays;

/**
 * Passes of one network over one set of examples. Caller closes those it made; passes {@link #over}
 * some of the examples share what runs them.
 */
final class SnapshotPasses implements Passes, AutoCloseable {
  /** What a pass in single precision costs of one in double, about. */
  static final double SINGLE_PRECISION = 0.5;

  private final Differentiator differentiator;
  private final Examples examples;
  private final int classes;
  private final int[] labels;

  /** Passes by {@code differentiator}, which is closed with them. */
  SnapshotPasses(Differentiator differentiator, Examples examples, int classes) {
    this.differentiator = differentiator;
    this.examples = examples;
    this.classes = classes;
    this.labels = new int[examples.size()];
    Arrays.setAll(labels, examples::label);
  }

  @Override
  public int examples() {
    return examples.size();
  }

  @Override
  public Passes over(int[] indices) {
    return new SnapshotPasses(differentiator, new SelectedExamples(examples, indices), classes);
  }

  @Override
  public Outputs outputs(double[] parameters) {
    return new Outputs(classes, differentiator.logits(parameters, examples), labels);
  }

  @Override
  public Loss loss(double[] parameters) {
    Outputs outputs = outputs(parameters);
    return new Loss(Errors.crossEntropy(outputs), Errors.zeroOne(outputs));
  }

  @Override
  public double gradient(double[] parameters, double[] gradient) {
    return differentiator.gradient(parameters, examples, gradient);
  }

  @Override
  public boolean hasHessianProduct() {
    return differentiator.hasHessianProduct();
  }

  @Override
  public void hessianProduct(double[] parameters, double[] vector, double[] product) {
    differentiator.hessianProduct(parameters, examples, vector, product);
  }

  @Override
  public void exampleGradients(double[] parameters, ExampleGradient each) {
    differentiator.exampleGradients(parameters, examples, each::accept);
  }

  @Override
  public double[] inputJacobian(double[] parameters, int example) {
    return differentiator.inputJacobian(parameters, examples, example);
  }

  @Override
  public void close() {
    differentiator.close();
  }
}
