package dev.gengap.network.execution;

import dev.gengap.compute.Operation;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Workspace;
import dev.gengap.network.NetworkSpec;
import java.util.Optional;

/**
 * A network forward in evaluation mode, a batch at a time: batch norm with its running statistics,
 * nothing dropped. Prepared once for each batch size that occurs. Confined to the workspace's
 * thread, which owns its memory.
 */
public final class ForwardPass {
  private final NetworkSpec spec;
  private final int batch;
  private final Tensor inputs;
  private final Tensor outputs;
  private final PreparedBatches<Operation> prepared;

  /**
   * A pass over the values that {@code weights} have when it runs.
   *
   * @param batch most examples at once, &gt; 0
   */
  public ForwardPass(Workspace workspace, NetworkSpec spec, ParameterTensors weights, int batch) {
    this.spec = spec;
    this.batch = batch;
    LayerGraph graph =
        new LayerGraphBuilder(workspace, weights, Optional.empty(), batch).build(spec);
    inputs = graph.inputs(batch);
    outputs = graph.logits(batch);
    prepared = new PreparedBatches<>(batch, rows -> workspace.prepare(graph.forward(rows)));
  }

  /** Most examples at once. */
  public int batch() {
    return batch;
  }

  /**
   * Runs the first {@code count} of {@code examples} and writes their logits to the start of {@code
   * logits}.
   *
   * @param examples (example, features), row-major
   * @param logits (example, class), row-major
   */
  public void run(float[] examples, int count, double[] logits) {
    Operation operations = prepared.forRows(count);
    inputs.write(examples, count * spec.features());
    operations.run();
    outputs.read(logits, count * spec.classes());
  }
}
