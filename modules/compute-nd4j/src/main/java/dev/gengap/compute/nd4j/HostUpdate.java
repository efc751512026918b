package dev.gengap.compute.nd4j;

import dev.gengap.compute.Operation;
import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.UpdateRule;
import java.util.List;

/** An optimiser's step as one pass over weights, gradient and state. */
final class HostUpdate implements ParameterUpdate {
  private final UpdateRule rule;
  private final Nd4jTensor weights;
  private final Nd4jTensor gradient;
  private final List<Nd4jTensor> state;
  private final Operation operation;
  private double learningRate;
  private long step;

  HostUpdate(
      Nd4jWorkspace workspace,
      UpdateRule rule,
      Nd4jTensor weights,
      Nd4jTensor gradient,
      List<Nd4jTensor> state) {
    this.rule = rule;
    this.weights = weights;
    this.gradient = gradient;
    this.state = state;
    requireSizes();
    int rows = 2 + state.size();
    operation = workspace.host(new ElementKernel(weights.size(), rows, this::update));
  }

  @Override
  public void run(double rate, long number) {
    learningRate = rate;
    step = number;
    operation.run();
  }

  private void requireSizes() {
    if (state.size() != rule.stateVectors()) {
      throw new IllegalArgumentException(
          "state: " + state.size() + " vectors (expected: " + rule.stateVectors() + ")");
    }
    for (Nd4jTensor tensor : state) {
      requireSize("state", tensor);
    }
    requireSize("gradient", gradient);
  }

  private void requireSize(String name, Nd4jTensor tensor) {
    if (tensor.size() != weights.size()) {
      throw new IllegalArgumentException(
          name + ": " + tensor.shape() + " (expected: " + weights.size() + " elements)");
    }
  }

  private void update(Scratch scratch, int at, int n) {
    Row w = scratch.row(0);
    Row g = scratch.row(1);
    w.load(weights, at, n);
    g.load(gradient, at, n);
    for (int i = 0; i < state.size(); i++) {
      scratch.row(2 + i).load(state.get(i), at, n);
    }
    if (rule instanceof UpdateRule.Sgd sgd) {
      move(sgd, w, g, scratch.row(2), n);
    } else if (rule instanceof UpdateRule.Adam adam) {
      move(adam, w, g, scratch, n);
    } else if (rule instanceof UpdateRule.RmsProp rmsProp) {
      move(rmsProp, w, g, scratch, n);
    }
    w.store(weights, at, n);
    for (int i = 0; i < state.size(); i++) {
      scratch.row(2 + i).store(state.get(i), at, n);
    }
  }

  private void move(UpdateRule.Sgd sgd, Row w, Row g, Row v, int n) {
    decay(sgd.weightDecay(), w, g, n);
    v.affine(sgd.momentum(), 0, n);
    v.add(g, n);
    if (sgd.nesterov()) {
      g.addScaled(sgd.momentum(), v, n);
      w.addScaled(-learningRate, g, n);
    } else {
      w.addScaled(-learningRate, v, n);
    }
  }

  private void move(UpdateRule.Adam adam, Row w, Row g, Scratch scratch, int n) {
    Row m = scratch.row(2);
    Row v = scratch.row(3);
    if (adam.decoupled()) {
      w.affine(1 - learningRate * adam.weightDecay(), 0, n);
    } else {
      decay(adam.weightDecay(), w, g, n);
    }
    m.affine(adam.beta1(), 0, n);
    m.addScaled(1 - adam.beta1(), g, n);
    v.affine(adam.beta2(), 0, n);
    v.addScaledSquare(1 - adam.beta2(), g, n);
    double meanCorrection = 1 / (1 - StrictMath.pow(adam.beta1(), (double) step));
    double squareCorrection = 1 / (1 - StrictMath.pow(adam.beta2(), (double) step));
    w.addRatio(-learningRate * meanCorrection, m, squareCorrection, v, adam.epsilon(), n);
  }

  private void move(UpdateRule.RmsProp rmsProp, Row w, Row g, Scratch scratch, int n) {
    Row s = scratch.row(2);
    Row b = scratch.row(3);
    decay(rmsProp.weightDecay(), w, g, n);
    s.affine(rmsProp.alpha(), 0, n);
    b.affine(rmsProp.momentum(), 0, n);
    s.addScaledSquare(1 - rmsProp.alpha(), g, n);
    b.addRatio(1, g, 1, s, rmsProp.epsilon(), n);
    w.addScaled(-learningRate, b, n);
  }

  private static void decay(double weightDecay, Row w, Row g, int n) {
    if (weightDecay != 0) {
      g.addScaled(weightDecay, w, n);
    }
  }
}
