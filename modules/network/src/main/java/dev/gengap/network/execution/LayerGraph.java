package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorOperation;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The layers of a network in an order in which they can run, those of nested paths one path after
 * the other, and the signals between them. In training every activation is kept, and gradients
 * share memory where they are never needed together; in evaluation activations share it. Confined
 * to the workspace's thread, which owns the memory.
 *
 * @param input a minibatch, with its gradient where that is asked for
 * @param output its logits, with their gradient in training
 * @param layers in the order in which they run forward
 * @param masks those of the dropout layers
 */
record LayerGraph(
    Signal input, Signal output, List<LayerExecution> layers, List<DropoutMask> masks) {

  LayerGraph {
    layers = List.copyOf(layers);
    masks = List.copyOf(masks);
  }

  /** Gives every signal memory to run forward and backward. */
  void allocateForTraining(Workspace workspace) {
    allocateEnds(workspace);
    layers.stream()
        .map(layer -> layer.output().values())
        .filter(values -> !values.isAssigned())
        .forEach(values -> values.allocate(workspace, TensorRole.ACTIVATIONS));
    gradientPlan().allocate(workspace);
  }

  /** Gives every signal memory to run forward only. */
  void allocateForEvaluation(Workspace workspace) {
    allocateEnds(workspace);
    valuePlan().allocate(workspace);
  }

  /** The operations that make the first {@code rows} outputs. */
  List<TensorOperation> forward(int rows) {
    OperationSequence operations = new OperationSequence(rows);
    layers.forEach(layer -> layer.forward(operations));
    return operations.operations();
  }

  /** The operations that turn the gradient of as many outputs into those of the parameters. */
  List<TensorOperation> backward(int rows) {
    OperationSequence operations = new OperationSequence(rows);
    learningLayersReversed().forEach(layer -> layer.backward(operations));
    return operations.operations();
  }

  /** The input's memory for {@code rows} examples. */
  Tensor inputs(int rows) {
    return new OperationSequence(rows).values(input);
  }

  /** The logits of {@code rows} examples. */
  Tensor logits(int rows) {
    return new OperationSequence(rows).values(output);
  }

  /** The gradient of the logits of {@code rows} examples. */
  Tensor logitsGradient(int rows) {
    return new OperationSequence(rows).gradient(output);
  }

  /** The gradient of the input for {@code rows} examples, where the graph was built to take it. */
  Tensor inputsGradient(int rows) {
    return new OperationSequence(rows).gradient(input);
  }

  /** Which gradients share memory. */
  BufferPlan gradientPlan() {
    return new BufferPlan(gradientSteps());
  }

  /**
   * The gradients that each step backward uses, in order; the input's is still needed after the
   * last step.
   */
  List<List<Buffer>> gradientSteps() {
    List<List<Buffer>> steps = new ArrayList<>();
    steps.add(List.of(output.gradient().orElseThrow()));
    for (LayerExecution layer : learningLayersReversed()) {
      steps.add(
          Stream.concat(layer.inputs().stream(), Stream.of(layer.output()))
              .flatMap(signal -> signal.gradient().stream())
              .toList());
    }
    steps.add(input.gradient().stream().toList());
    return steps;
  }

  private BufferPlan valuePlan() {
    return new BufferPlan(
        layers.stream()
            .map(
                layer ->
                    Stream.concat(layer.inputs().stream(), Stream.of(layer.output()))
                        .map(Signal::values)
                        .filter(values -> !values.isAssigned())
                        .toList())
            .toList());
  }

  /** The layers that have something to learn before their output, from the last one on. */
  List<LayerExecution> learningLayersReversed() {
    List<LayerExecution> learning =
        new ArrayList<>(
            layers.stream().filter(layer -> layer.output().gradient().isPresent()).toList());
    Collections.reverse(learning);
    return learning;
  }

  private void allocateEnds(Workspace workspace) {
    input.values().allocate(workspace, TensorRole.INPUT);
    if (!output.values().isAssigned()) {
      output.values().allocate(workspace, TensorRole.READ_OUT);
    }
  }
}
