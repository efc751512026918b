package dev.gengap.training;

import dev.gengap.compute.ParameterUpdate;
import dev.gengap.compute.SgdUpdate;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.UpdateRule;
import dev.gengap.compute.Workspace;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;
import dev.gengap.network.execution.GradientTarget;
import dev.gengap.network.execution.ParameterTensors;
import java.util.ArrayList;
import java.util.List;

/**
 * An update rule on a device, with its state. Confined to the workspace's thread, which owns its
 * memory.
 */
final class Optimiser {
  private final List<ParameterTensors> state;
  private final GradientTarget gradients;
  private final ParameterUpdate update;

  private Optimiser(
      List<ParameterTensors> state, GradientTarget gradients, ParameterUpdate update) {
    this.state = state;
    this.gradients = gradients;
    this.update = update;
  }

  /** Prepares {@code rule} for {@code weights}, which are those of {@code spec}. */
  static Optimiser prepare(
      Workspace workspace, NetworkSpec spec, UpdateRule rule, ParameterTensors weights) {
    List<ParameterTensors> state = new ArrayList<>();
    for (int i = 0; i < rule.stateVectors(); i++) {
      state.add(ParameterTensors.forParameters(workspace, spec, TensorRole.OPTIMISER_STATE));
    }
    if (rule instanceof UpdateRule.Sgd sgd && !sgd.nesterov()) {
      return withMomentumInTheGradients(workspace, sgd, weights, state.get(0));
    }
    ParameterTensors gradients =
        ParameterTensors.forParameters(workspace, spec, TensorRole.ACTIVATIONS);
    ParameterUpdate update =
        workspace.prepareUpdate(
            rule,
            weights.trainable(),
            gradients.trainable(),
            state.stream().map(ParameterTensors::trainable).toList());
    return new Optimiser(List.copyOf(state), new GradientTarget(gradients, 0), update);
  }

  /** Saves a pass over the parameters: the gradients' accumulation turns v into m·v + g. */
  private static Optimiser withMomentumInTheGradients(
      Workspace workspace,
      UpdateRule.Sgd sgd,
      ParameterTensors weights,
      ParameterTensors velocity) {
    SgdUpdate update =
        workspace.prepareSgdUpdate(weights.trainable(), velocity.trainable(), sgd.weightDecay());
    return new Optimiser(
        List.of(velocity),
        new GradientTarget(velocity, sgd.momentum()),
        (learningRate, step) -> update.run(learningRate));
  }

  /** Where a training pass leaves its gradients for {@link #update}. */
  GradientTarget gradients() {
    return gradients;
  }

  /** Moves the weights by the gradients; {@code step} counts from 1. */
  void update(double learningRate, long step) {
    update.run(learningRate, step);
  }

  /** Copies of the rule's state vectors, in the order of its formula. */
  List<Weights> state() {
    return state.stream().map(ParameterTensors::read).toList();
  }

  /**
   * Goes back to a state copied before.
   *
   * @throws IllegalArgumentException if it has another number of vectors
   */
  void restore(List<Weights> copied) {
    if (copied.size() != state.size()) {
      throw new IllegalArgumentException(
          "optimiser state: " + copied.size() + " vectors (expected: " + state.size() + ")");
    }
    for (int i = 0; i < copied.size(); i++) {
      state.get(i).write(copied.get(i));
    }
  }
}
