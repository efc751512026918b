package dev.gengap.network.execution;

import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Operation;
import dev.gengap.compute.Workspace;
import dev.gengap.network.NetworkSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A network forward and backward: the softmax cross-entropy of a minibatch and the gradient of its
 * mean. Prepared once for each batch size that occurs. Confined to the workspace's thread, which
 * owns its memory.
 */
public final class TrainingPass {
  private final NetworkSpec spec;
  private final Workspace workspace;
  private final LayerChain chain;
  private final PreparedBatches<Prepared> prepared;
  private CrossEntropy lastLoss;

  /** The operations for batches of one size. */
  private record Prepared(List<Operation> forward, CrossEntropy loss, List<Operation> backward) {}

  /**
   * A pass at the values that {@code weights} have when it runs.
   *
   * @param batch most examples at once, &gt; 0
   */
  public TrainingPass(
      Workspace workspace,
      NetworkSpec spec,
      ParameterTensors weights,
      GradientTarget target,
      int batch) {
    this.spec = spec;
    this.workspace = workspace;
    chain = new LayerChain(workspace, spec, weights, Optional.of(target), batch);
    prepared = new PreparedBatches<>(batch, this::prepare);
  }

  /**
   * Runs the first {@code count} examples.
   *
   * @param inputs (example, features), row-major
   * @param labels classes, 0 … K−1
   */
  public void run(float[] inputs, int[] labels, int count) {
    Prepared operations = prepared.forRows(count);
    chain.input().values().write(inputs, count * spec.features());
    runAll(operations.forward());
    operations.loss().run(labels);
    runAll(operations.backward());
    lastLoss = operations.loss();
  }

  /** Sum of the last run's losses [nats]. */
  public double lossSum() {
    return lastLoss.lossSum();
  }

  /** Examples of the last run that were classified correctly. */
  public int correct() {
    return lastLoss.correct();
  }

  private Prepared prepare(int rows) {
    List<Operation> forward = new ArrayList<>();
    List<Operation> backward = new ArrayList<>();
    List<LayerExecution> reversed = new ArrayList<>(chain.layers());
    Collections.reverse(reversed);
    chain
        .layers()
        .forEach(layer -> layer.forward(rows).forEach(o -> forward.add(workspace.prepare(o))));
    reversed.forEach(
        layer -> layer.backward(rows).forEach(o -> backward.add(workspace.prepare(o))));
    Signal logits = chain.output().firstRows(rows);
    CrossEntropy loss =
        workspace.prepareCrossEntropy(logits.values(), logits.gradient().orElseThrow());
    return new Prepared(List.copyOf(forward), loss, List.copyOf(backward));
  }

  private static void runAll(List<Operation> operations) {
    for (int i = 0; i < operations.size(); i++) {
      operations.get(i).run();
    }
  }
}
