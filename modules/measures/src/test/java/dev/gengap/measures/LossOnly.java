package dev.gengap.measures;

import dev.gengap.measures.api.Outputs;
import dev.gengap.measures.api.Passes;
import java.util.Arrays;

/** Passes of a function that is no network's: its value and gradient, and nothing else. */
abstract class LossOnly implements Passes {
  private int gradients;

  /** The linear regression G6: mean of (w·x − y)² / 2 where y = x·(1, −2). */
  static final class Regression extends LossOnly {
    static final double[] MINIMUM = {1, -2};
    private static final double[][] X = {{1, 2}, {3, -1}, {0, 1}};

    @Override
    double lossAndGradient(double[] w, double[] gradient) {
      double loss = 0;
      for (double[] x : X) {
        double residual = (w[0] - MINIMUM[0]) * x[0] + (w[1] - MINIMUM[1]) * x[1];
        loss += residual * residual / 2 / X.length;
        gradient[0] += residual * x[0] / X.length;
        gradient[1] += residual * x[1] / X.length;
      }
      return loss;
    }
  }

  /**
   * Adds the gradient to zeros.
   *
   * @return the loss
   */
  abstract double lossAndGradient(double[] w, double[] gradient);

  /** How often the gradient was asked for. */
  int gradients() {
    return gradients;
  }

  /** The loss and gradient at {@code w}. */
  LossGradient at(double[] w) {
    double[] gradient = new double[w.length];
    return new LossGradient(gradient(w, gradient), gradient);
  }

  @Override
  public double gradient(double[] parameters, double[] gradient) {
    gradients++;
    Arrays.fill(gradient, 0);
    return lossAndGradient(parameters, gradient);
  }

  @Override
  public int examples() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Passes over(int[] examples) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Outputs outputs(double[] parameters) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Loss loss(double[] parameters) {
    return new Loss(lossAndGradient(parameters, new double[parameters.length]), 0);
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
