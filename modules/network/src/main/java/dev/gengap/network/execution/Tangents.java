package dev.gengap.network.execution;

import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The memory of the tangents of a graph: for each of its buffers another of the same size, shared
 * between the same signals. Confined to the workspace's thread, which owns the memory.
 */
final class Tangents {
  private final Parameters parameters;
  private final Map<Buffer, Buffer> twins = new HashMap<>();
  private final Buffer scratch;

  /**
   * What the parameters have.
   *
   * @param direction which way they move
   * @param product receives the Hessian's product with the direction
   */
  record Parameters(ParameterTensors direction, ParameterTensors product) {}

  /** For a graph that was built for training. */
  Tangents(Workspace workspace, LayerGraph graph, Parameters parameters) {
    this.parameters = parameters;
    List<List<Buffer>> gradients =
        graph.gradientSteps().stream().map(step -> step.stream().map(this::twin).toList()).toList();
    new BufferPlan(gradients).allocate(workspace);
    List<Buffer> values =
        graph.layers().stream()
            .flatMap(layer -> Stream.concat(layer.inputs().stream(), Stream.of(layer.output())))
            .filter(signal -> signal.gradient().isPresent())
            .map(signal -> twin(signal.values()))
            .distinct()
            .toList();
    Buffer logits = twin(graph.output().values());
    for (Buffer buffer : values) {
      TensorRole role = buffer == logits ? TensorRole.READ_OUT : TensorRole.ACTIVATIONS;
      buffer.allocate(workspace, role);
    }
    scratch = new Buffer(largestConvolution(graph));
    scratch.allocate(workspace, TensorRole.ACTIVATIONS);
  }

  private static int largestConvolution(LayerGraph graph) {
    return graph.layers().stream()
        .filter(ConvolutionExecution.class::isInstance)
        .mapToInt(layer -> layer.output().values().size())
        .max()
        .orElse(1);
  }

  Parameters parameters() {
    return parameters;
  }

  /** The tangents of {@code signal}, which moves. */
  Signal of(Signal signal) {
    return new Signal(
        signal.shape(),
        twin(signal.values()),
        signal.gradient().map(this::twin),
        signal.shared(),
        signal.kept());
  }

  /** Memory for tangents of {@code rows} examples of {@code signal}. */
  Tensor scratch(int rows, Signal signal) {
    return scratch.view(rows, signal.shape());
  }

  private Buffer twin(Buffer buffer) {
    return twins.computeIfAbsent(buffer, own -> new Buffer(own.size()));
  }
}
