package dev.gengap.network.execution;

import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Operation;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.Workspace;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.NetworkSpec;
import java.util.Optional;

/**
 * A network forward and backward in training mode: the softmax cross-entropy of a minibatch, the
 * gradient of its mean, and what batch norm remembers of the batch. Prepared once for each batch
 * size that occurs. Confined to the workspace's thread, which owns its memory.
 */
public final class TrainingPass {
  private final Workspace workspace;
  private final LayerGraph graph;
  private final Tensor inputs;
  private final PreparedBatches<Prepared> prepared;
  private CrossEntropy lastLoss;

  /**
   * How a pass trains.
   *
   * @param batch most examples at once, &gt; 0
   * @param dropoutSeed decides, with the step, what dropout drops
   */
  public record Settings(int batch, long dropoutSeed) {}

  /** The operations for batches of one size. */
  private record Prepared(Operation forward, CrossEntropy loss, Operation backward) {}

  /** A pass at the values that {@code weights} have when it runs. */
  public TrainingPass(
      Workspace workspace,
      NetworkSpec spec,
      ParameterTensors weights,
      GradientTarget target,
      Settings settings) {
    this.workspace = workspace;
    prepared = new PreparedBatches<>(settings.batch(), this::prepare);
    CounterRandom dropout = CounterRandom.of(settings.dropoutSeed(), RandomStream.DROPOUT);
    LayerGraphBuilder.Training training = new LayerGraphBuilder.Training(target, dropout, false);
    graph =
        new LayerGraphBuilder(workspace, weights, Optional.of(training), settings.batch())
            .build(spec);
    inputs = graph.inputs(settings.batch());
  }

  /**
   * Runs the first {@code count} examples.
   *
   * @param step which decides, with the seed, what dropout drops; ≥ 0
   * @param examples a row of features for each
   * @param labels classes, 0 … K−1
   */
  public void run(long step, RowSource examples, int[] labels, int count) {
    Prepared operations = prepared.forRows(count);
    inputs.write(examples, count);
    for (int i = 0; i < graph.masks().size(); i++) {
      graph.masks().get(i).draw(step, count);
    }
    operations.forward().run();
    operations.loss().run(labels);
    operations.backward().run();
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
    return new Prepared(
        workspace.prepare(graph.forward(rows)),
        workspace.prepareCrossEntropy(graph.logits(rows), graph.logitsGradient(rows)),
        workspace.prepare(graph.backward(rows)));
  }
}
