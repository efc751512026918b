package dev.gengap.compute.conformance;

import dev.gengap.compute.Operation;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Workspace;
import dev.gengap.compute.conformance.GradientCase.Differentiable;
import dev.gengap.compute.conformance.GradientCase.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares the gradient of L = Σ direction·output, the direction being what the output's gradient
 * holds, with central differences (L(x + h) − L(x − h))/2h in float64. At h = 1e-5 truncation
 * (h²·L‴/6) and rounding (1e-16·L/h) are both near 1e-10, so 1e-6 leaves room for steep functions.
 */
final class FiniteDifferences {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  private final Differentiable function;
  private final Operation forward;
  private final Operation backward;
  private final double[] direction;

  FiniteDifferences(Workspace workspace, Differentiable function) {
    this.function = function;
    forward = workspace.prepare(function.forward());
    backward = workspace.prepare(function.backward());
    direction = Numbers.of(function.outputGradient());
  }

  void check(String name) {
    List<double[]> values = function.variables().stream().map(v -> Numbers.of(v.value())).toList();
    forward.run();
    backward.run();
    List<double[]> gradients = new ArrayList<>();
    for (Variable variable : function.variables()) {
      gradients.add(Numbers.of(variable.gradient()));
    }
    for (int i = 0; i < gradients.size(); i++) {
      Variable variable = function.variables().get(i);
      double[] expected = differences(variable.value(), values.get(i));
      double magnitude = Numbers.magnitude(Arrays.stream(expected));
      Numbers.assertClose(
          name + ": gradient of " + variable.name(),
          gradients.get(i),
          expected,
          TOLERANCE * magnitude);
    }
  }

  private double[] differences(Tensor variable, double[] values) {
    double[] gradient = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double[] moved = values.clone();
      moved[i] = values[i] + STEP;
      double up = loss(variable, moved);
      moved[i] = values[i] - STEP;
      double down = loss(variable, moved);
      gradient[i] = (up - down) / (2 * STEP);
    }
    variable.write(values, values.length);
    return gradient;
  }

  private double loss(Tensor variable, double[] values) {
    variable.write(values, values.length);
    forward.run();
    double[] output = Numbers.of(function.output());
    double loss = 0;
    for (int i = 0; i < output.length; i++) {
      loss += direction[i] * output[i];
    }
    return loss;
  }
}
