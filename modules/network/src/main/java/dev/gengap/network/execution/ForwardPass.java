package dev.gengap.network.execution;

import dev.gengap.compute.Operation;
import dev.gengap.compute.Workspace;
import dev.gengap.network.NetworkSpec;
import java.util.Optional;

/**
 * A network forward in evaluation mode, a batch at a time. Prepared once for each batch size that
 * occurs. Confined to the workspace's thread, which owns its memory.
 */
public final class ForwardPass {
  private final NetworkSpec spec;
  private final LayerChain chain;
  private final PreparedBatches<Operation[]> prepared;

  /**
   * A pass over the values that {@code weights} have when it runs.
   *
   * @param batch most examples at once, &gt; 0
   */
  public ForwardPass(Workspace workspace, NetworkSpec spec, ParameterTensors weights, int batch) {
    this.spec = spec;
    chain = new LayerChain(workspace, spec, weights, Optional.empty(), batch);
    prepared =
        new PreparedBatches<>(
            batch,
            rows ->
                chain.layers().stream()
                    .flatMap(layer -> layer.forward(rows).stream())
                    .map(workspace::prepare)
                    .toArray(Operation[]::new));
  }

  /** Most examples at once. */
  public int batch() {
    return chain.input().values().rows();
  }

  /**
   * Runs the first {@code count} of {@code inputs} and writes their logits to the start of {@code
   * logits}.
   *
   * @param inputs (example, features), row-major
   * @param logits (example, class), row-major
   */
  public void run(float[] inputs, int count, double[] logits) {
    Operation[] operations = prepared.forRows(count);
    chain.input().values().write(inputs, count * spec.features());
    for (Operation operation : operations) {
      operation.run();
    }
    chain.output().values().read(logits, count * spec.classes());
  }
}
