package dev.gengap.compute.nd4j;

import dev.gengap.compute.Activation;
import dev.gengap.compute.Operation;
import dev.gengap.compute.PointwiseOperation;
import dev.gengap.compute.PointwiseOperation.Accumulate;
import dev.gengap.compute.PointwiseOperation.Activate;
import dev.gengap.compute.PointwiseOperation.ActivateBackward;
import dev.gengap.compute.PointwiseOperation.Multiply;
import java.util.function.DoubleUnaryOperator;

/**
 * Prepares what is done to each element alone: host kernels, and those of ND4J's own that are as
 * fast as memory.
 */
record PointwisePreparer(Nd4jWorkspace workspace) {

  /** Turns the gradient of an output y into the input's. */
  @FunctionalInterface
  private interface Rectification {
    void apply(Row dy, Row y, int n);
  }

  Operation prepare(PointwiseOperation operation) {
    if (operation instanceof Activate activate) {
      return activate(activate);
    }
    if (operation instanceof ActivateBackward backward) {
      return activateBackward(backward);
    }
    if (operation instanceof Multiply multiply) {
      return multiply(multiply);
    }
    return accumulate((Accumulate) operation);
  }

  /** into ← source + keep·into. */
  Operation accumulate(Nd4jTensor source, AccumulatingTensor into) {
    if (into.keep() == 0) {
      return host(source.size(), 0, (scratch, at, n) -> into.tensor().copy(at, source, at, n));
    }
    if (into.keep() == 1) {
      return inPlace("add", into.tensor(), source);
    }
    return host(
        source.size(),
        2,
        (scratch, at, n) -> {
          Row gradient = scratch.row(0);
          gradient.load(source, at, n);
          into.accumulate(at, gradient, scratch.row(1), n);
        });
  }

  private Operation accumulate(Accumulate accumulate) {
    return accumulate(workspace.own(accumulate.source()), workspace.own(accumulate.into()));
  }

  private Operation activate(Activate activate) {
    Nd4jTensor input = workspace.own(activate.input());
    Nd4jTensor output = workspace.own(activate.output());
    Activation activation = activate.activation();
    if (activation instanceof Activation.Relu) {
      return CustomOperation.named("relu").inputs(input).numbers(0).outputs(output).in(workspace);
    }
    if (activation instanceof Activation.LeakyRelu leaky) {
      return host(
          input.size(),
          1,
          (scratch, at, n) -> {
            Row x = scratch.row(0);
            x.load(input, at, n);
            x.rectify(leaky.slope(), n);
            x.store(output, at, n);
          });
    }
    return map(input, output, activation instanceof Activation.Tanh ? StrictMath::tanh : Gelu::of);
  }

  private Operation map(Nd4jTensor input, Nd4jTensor output, DoubleUnaryOperator function) {
    return host(
        input.size(),
        1,
        (scratch, at, n) -> {
          Row x = scratch.row(0);
          x.load(input, at, n);
          x.map(function, n);
          x.store(output, at, n);
        });
  }

  private Operation activateBackward(ActivateBackward backward) {
    Nd4jTensor output = workspace.own(backward.output());
    Nd4jTensor gradient = workspace.own(backward.gradient());
    Activation activation = backward.activation();
    if (activation instanceof Activation.Relu) {
      return rectifyBackward(output, gradient, (dy, y, n) -> dy.rectifyWhere(y, n));
    }
    if (activation instanceof Activation.LeakyRelu leaky) {
      double slope = leaky.slope();
      return rectifyBackward(output, gradient, (dy, y, n) -> dy.rectifyWhere(y, slope, n));
    }
    if (activation instanceof Activation.Tanh) {
      return multiplyMapped(gradient, output, y -> 1 - y * y);
    }
    return multiplyMapped(gradient, workspace.own(backward.input()), Gelu::derivative);
  }

  private Operation rectifyBackward(
      Nd4jTensor output, Nd4jTensor gradient, Rectification rectification) {
    return host(
        gradient.size(),
        2,
        (scratch, at, n) -> {
          Row dy = scratch.row(0);
          Row y = scratch.row(1);
          dy.load(gradient, at, n);
          y.load(output, at, n);
          rectification.apply(dy, y, n);
          dy.store(gradient, at, n);
        });
  }

  private Operation multiplyMapped(
      Nd4jTensor gradient, Nd4jTensor values, DoubleUnaryOperator derivative) {
    return host(
        gradient.size(),
        2,
        (scratch, at, n) -> {
          Row dy = scratch.row(0);
          Row x = scratch.row(1);
          dy.load(gradient, at, n);
          x.load(values, at, n);
          dy.multiplyMapped(derivative, x, n);
          dy.store(gradient, at, n);
        });
  }

  private Operation multiply(Multiply multiply) {
    return inPlace("multiply", workspace.own(multiply.values()), workspace.own(multiply.factors()));
  }

  /** ND4J's operation of that name on two tensors of one size, the result in the first. */
  private Operation inPlace(String name, Nd4jTensor values, Nd4jTensor other) {
    Nd4jTensor flat = values.view(0, values.size());
    return CustomOperation.named(name)
        .inputs(flat, other.view(0, other.size()))
        .outputs(flat)
        .in(workspace);
  }

  private Operation host(int elements, int rows, ElementKernel.Step step) {
    return workspace.host(new ElementKernel(elements, rows, step));
  }
}
