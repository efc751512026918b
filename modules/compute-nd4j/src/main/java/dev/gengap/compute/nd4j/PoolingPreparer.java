package dev.gengap.compute.nd4j;

import dev.gengap.compute.Accumulator;
import dev.gengap.compute.Operation;
import dev.gengap.compute.PoolingOperation;
import dev.gengap.compute.PoolingOperation.AveragePool;
import dev.gengap.compute.PoolingOperation.AveragePoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPool;
import dev.gengap.compute.PoolingOperation.MaxPoolBackward;
import dev.gengap.compute.PoolingOperation.MaxPoolTangent;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Window;

/**
 * Prepares pooling: oneDNN's through ND4J in float32, ND4J's own in float64; a kernel for tangents.
 */
record PoolingPreparer(Nd4jWorkspace workspace) {
  /** For an average: that the padding counts. */
  private static final int COUNT_PADDING = 1;

  private static final int NCHW = 0;

  Operation prepare(PoolingOperation operation) {
    if (operation instanceof MaxPool pool) {
      return forward("maxpool2d", pool.input(), pool.window(), pool.output());
    }
    if (operation instanceof AveragePool pool) {
      return forward("avgpool2d", pool.input(), pool.window(), pool.output());
    }
    if (operation instanceof MaxPoolBackward pool) {
      return backward(
          "maxpool2d_bp",
          workspace.own(pool.input()),
          pool.window(),
          pool.outputGradient(),
          pool.inputGradient());
    }
    if (operation instanceof MaxPoolTangent pool) {
      return workspace.host(
          new MaxPoolTangentKernel(
              workspace.own(pool.input()),
              pool.window(),
              workspace.own(pool.inputTangent()),
              workspace.own(pool.outputTangent())));
    }
    AveragePoolBackward pool = (AveragePoolBackward) operation;
    // Only the shape of its input counts.
    Nd4jTensor input = workspace.own(pool.inputGradient().tensor());
    return backward(
        "avgpool2d_bp", input, pool.window(), pool.outputGradient(), pool.inputGradient());
  }

  private Operation forward(String name, Tensor input, Window window, Tensor output) {
    return CustomOperation.named(name)
        .inputs(workspace.own(input))
        .integers(WindowArguments.of(window, input, COUNT_PADDING, NCHW))
        .outputs(workspace.own(output))
        .in(workspace);
  }

  private Operation backward(
      String name, Nd4jTensor input, Window window, Tensor gradient, Accumulator into) {
    GradientTargets targets = new GradientTargets(workspace, GradientTargets.scratchSize(into));
    return targets.after(
        CustomOperation.named(name)
            .inputs(input, workspace.own(gradient))
            .integers(WindowArguments.of(window, input, COUNT_PADDING, NCHW))
            .outputs(targets.receive(into))
            .in(workspace));
  }
}
