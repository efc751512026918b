package dev.gengap.compute.reference;

import dev.gengap.compute.Activation;
import dev.gengap.compute.Operation;
import dev.gengap.compute.PointwiseOperation;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PointwiseOperation.Multiply;

/** What is done to each element alone. */
record ReferencePointwise(ReferenceWorkspace workspace) {

  Operation prepare(PointwiseOperation operation) {
    if (operation instanceof Activate activate) {
      return activate(activate);
    }
    if (operation instanceof ActivateBackward backward) {
      return backward(backward);
    }
    if (operation instanceof Multiply multiply) {
      ReferenceTensor values = workspace.own(multiply.values());
      ReferenceTensor factors = workspace.own(multiply.factors());
      return () -> {
        for (int i = 0; i < values.size(); i++) {
          values.set(i, values.get(i) * factors.get(i));
        }
      };
    }
    Accumulate accumulate = (Accumulate) operation;
    ReferenceTensor source = workspace.own(accumulate.source());
    ReferenceWorkspace.Sink into = workspace.sink(accumulate.into());
    return () -> into.accept(source.toArray());
  }

  private Operation activate(Activate activate) {
    ReferenceTensor input = workspace.own(activate.input());
    ReferenceTensor output = workspace.own(activate.output());
    return () -> {
      for (int i = 0; i < input.size(); i++) {
        output.set(i, value(activate.activation(), input.get(i)));
      }
    };
  }

  private Operation backward(ActivateBackward backward) {
    ReferenceTensor input = workspace.own(backward.input());
    ReferenceTensor output = workspace.own(backward.output());
    ReferenceTensor gradient = workspace.own(backward.gradient());
    return () -> {
      for (int i = 0; i < input.size(); i++) {
        double slope = slope(backward.activation(), input.get(i), output.get(i));
        gradient.set(i, gradient.get(i) * slope);
      }
    };
  }

  private static double value(Activation activation, double x) {
    if (activation instanceof Activation.Relu) {
      return x > 0 ? x : 0;
    }
    if (activation instanceof Activation.LeakyRelu leaky) {
      return x > 0 ? x : leaky.slope() * x;
    }
    if (activation instanceof Activation.Tanh) {
      return StrictMath.tanh(x);
    }
    return x * normalDistribution(x);
  }

  /** The derivative at input x, where the output is y; x is y where it was computed in place. */
  private static double slope(Activation activation, double x, double y) {
    if (activation instanceof Activation.Relu) {
      return y > 0 ? 1 : 0;
    }
    if (activation instanceof Activation.LeakyRelu leaky) {
      return y > 0 ? 1 : leaky.slope();
    }
    if (activation instanceof Activation.Tanh) {
      return 1 - y * y;
    }
    return normalDistribution(x) + x * normalDensity(x);
  }

  private static double normalDensity(double x) {
    return StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI);
  }

  /**
   * Φ(x) = 1/2 + φ(x)·(x + x³/3 + x⁵/(3·5) + …), whose terms all have the same sign (Marsaglia,
   * "Evaluating the normal distribution", 2004); beyond 9 it is 0 or 1 to the last bit.
   */
  static double normalDistribution(double x) {
    if (Math.abs(x) > 9) {
      return x < 0 ? 0 : 1;
    }
    double term = x;
    double sum = x;
    for (int n = 3; Math.abs(term) > 1e-18 * Math.abs(sum); n += 2) {
      term *= x * x / n;
      sum += term;
    }
    return 0.5 + normalDensity(x) * sum;
  }
}
