package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.network.LayerSpec;
import dev.gengap.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tensors between the layers of a network, and what each layer does with them. */
final class LayerChain {
  private final Workspace workspace;
  private final NetworkSpec spec;
  private final ParameterTensors weights;
  private final Optional<GradientTarget> target;
  private final int batch;
  private final Signal input;
  private final List<LayerExecution> layers = new ArrayList<>();

  /** Allocates for batches of at most {@code batch} examples. */
  LayerChain(
      Workspace workspace,
      NetworkSpec spec,
      ParameterTensors weights,
      Optional<GradientTarget> target,
      int batch) {
    this.workspace = workspace;
    this.spec = spec;
    this.weights = weights;
    this.target = target;
    this.batch = batch;
    Tensor inputs = workspace.allocate(TensorRole.INPUT, batch, spec.features());
    this.input = new Signal(inputs, Optional.empty());
    for (int i = 0; i < spec.layers().size(); i++) {
      add(i, spec.layers().get(i));
    }
  }

  Signal input() {
    return input;
  }

  Signal output() {
    return layers.isEmpty() ? input : layers.get(layers.size() - 1).output();
  }

  List<LayerExecution> layers() {
    return layers;
  }

  private void add(int index, LayerSpec layer) {
    if (layer instanceof LayerSpec.Linear linear) {
      layers.add(linear(index, linear));
    } else if (layer instanceof LayerSpec.Relu) {
      layers.add(new ReluExecution(output()));
    } else if (!(layer instanceof LayerSpec.Flatten)) { // already (batch, features) in memory
      throw new IllegalArgumentException("layer: " + layer + " (expected: one that can be run)");
    }
  }

  private LinearExecution linear(int index, LayerSpec.Linear linear) {
    String weight = index + ".weight";
    Optional<String> bias = linear.bias() ? Optional.of(index + ".bias") : Optional.empty();
    Optional<LinearExecution.Learning> learning =
        target.map(
            t ->
                new LinearExecution.Learning(
                    t.gradients().get(weight), bias.map(t.gradients()::get), t.keep()));
    return new LinearExecution(
        output(),
        new LinearExecution.Parameters(weights.get(weight), bias.map(weights::get), learning),
        signal(index, linear.out()));
  }

  private Signal signal(int index, int features) {
    boolean last =
        spec.layers().subList(index + 1, spec.layers().size()).stream()
            .noneMatch(LayerSpec.Linear.class::isInstance);
    TensorRole role = last ? TensorRole.READ_OUT : TensorRole.ACTIVATIONS;
    return new Signal(
        workspace.allocate(role, batch, features),
        target.map(t -> workspace.allocate(TensorRole.ACTIVATIONS, batch, features)));
  }
}
