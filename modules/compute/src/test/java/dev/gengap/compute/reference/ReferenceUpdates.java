package dev.gengap.compute.reference;

import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.UpdateRule;
import java.util.List;

/** Optimisers, weight by weight. */
record ReferenceUpdates(
    ReferenceTensor weights, ReferenceTensor gradient, List<ReferenceTensor> state) {

  static SgdUpdate sgd(ReferenceTensor weights, ReferenceTensor velocity, double weightDecay) {
    return learningRate -> {
      for (int i = 0; i < weights.size(); i++) {
        double v = velocity.get(i) + weightDecay * weights.get(i);
        velocity.set(i, v);
        weights.set(i, weights.get(i) - learningRate * v);
      }
    };
  }

  ParameterUpdate prepare(UpdateRule rule) {
    return (learningRate, step) -> {
      for (int i = 0; i < weights.size(); i++) {
        if (rule instanceof UpdateRule.Sgd sgd) {
          step(sgd, i, learningRate);
        } else if (rule instanceof UpdateRule.Adam adam) {
          step(adam, i, learningRate, step);
        } else if (rule instanceof UpdateRule.RmsProp rmsProp) {
          step(rmsProp, i, learningRate);
        }
      }
    };
  }

  private void step(UpdateRule.Sgd rule, int i, double learningRate) {
    double w = weights.get(i);
    double g = gradient.get(i) + rule.weightDecay() * w;
    double v = rule.momentum() * state.get(0).get(i) + g;
    state.get(0).set(i, v);
    weights.set(i, w - learningRate * (rule.nesterov() ? g + rule.momentum() * v : v));
  }

  private void step(UpdateRule.Adam rule, int i, double learningRate, long step) {
    double w = weights.get(i);
    double g = gradient.get(i);
    if (rule.decoupled()) {
      w -= learningRate * rule.weightDecay() * w;
    } else {
      g += rule.weightDecay() * w;
    }
    double m = rule.beta1() * state.get(0).get(i) + (1 - rule.beta1()) * g;
    double v = rule.beta2() * state.get(1).get(i) + (1 - rule.beta2()) * g * g;
    state.get(0).set(i, m);
    state.get(1).set(i, v);
    double mean = m / (1 - Math.pow(rule.beta1(), (double) step));
    double square = v / (1 - Math.pow(rule.beta2(), (double) step));
    weights.set(i, w - learningRate * mean / (Math.sqrt(square) + rule.epsilon()));
  }

  private void step(UpdateRule.RmsProp rule, int i, double learningRate) {
    double w = weights.get(i);
    double g = gradient.get(i) + rule.weightDecay() * w;
    double s = rule.alpha() * state.get(0).get(i) + (1 - rule.alpha()) * g * g;
    double b = rule.momentum() * state.get(1).get(i) + g / (Math.sqrt(s) + rule.epsilon());
    state.get(0).set(i, s);
    state.get(1).set(i, b);
    weights.set(i, w - learningRate * b);
  }
}
