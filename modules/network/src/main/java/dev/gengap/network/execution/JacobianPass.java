package dev.gengap.network.execution;

import dev.gengap.compute.Operation;
import dev.gengap.compute.Workspace;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.NetworkSpec;
import java.util.Optional;

/**
 * The derivatives of a network's outputs with respect to its input: a batch of copies of one
 * example, each of which takes the gradient of another output back. Confined to the workspace's
 * thread, which owns its memory.
 */
final class JacobianPass {
  private final NetworkSpec spec;
  private final int batch;
  private final Workspace workspace;
  private final LayerGraph graph;
  private final PreparedBatches<Prepared> prepared;

  /** The operations for some copies at once. */
  private record Prepared(Operation forward, Operation backward) {}

  /**
   * A pass at the values that {@code weights} have when it runs.
   *
   * @param target receives gradients of the parameters, which mean nothing here
   * @param batch most copies at once, &gt; 0
   */
  JacobianPass(
      Workspace workspace,
      NetworkSpec spec,
      ParameterTensors weights,
      GradientTarget target,
      int batch) {
    this.spec = spec;
    this.workspace = workspace;
    this.batch = Math.min(batch, spec.classes());
    CounterRandom dropout = CounterRandom.of(0, RandomStream.DROPOUT);
    LayerGraphBuilder.Training training = new LayerGraphBuilder.Training(target, dropout, true);
    graph =
        new LayerGraphBuilder(workspace, weights, Optional.of(training), this.batch).build(spec);
    prepared = new PreparedBatches<>(this.batch, this::prepare);
  }

  /**
   * ∂f/∂x at one example: (class, feature), row-major.
   *
   * @param example its input: (feature)
   */
  double[] run(float[] example) {
    double[] jacobian = new double[Math.multiplyExact(spec.classes(), spec.features())];
    for (int from = 0; from < spec.classes(); from += batch) {
      int rows = Math.min(batch, spec.classes() - from);
      double[] part = rows(example, from, rows);
      System.arraycopy(part, 0, jacobian, from * spec.features(), part.length);
    }
    return jacobian;
  }

  private double[] rows(float[] example, int from, int rows) {
    float[] copies = new float[rows * spec.features()];
    double[] units = new double[rows * spec.classes()];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(example, 0, copies, row * spec.features(), spec.features());
      units[row * spec.classes() + from + row] = 1;
    }
    Prepared operations = prepared.forRows(rows);
    graph.inputs(rows).write(copies, copies.length);
    operations.forward().run();
    graph.logitsGradient(rows).write(units, units.length);
    operations.backward().run();
    double[] gradients = new double[copies.length];
    graph.inputsGradient(rows).read(gradients, gradients.length);
    return gradients;
  }

  private Prepared prepare(int rows) {
    return new Prepared(
        workspace.prepare(graph.forward(rows)), workspace.prepare(graph.backward(rows)));
  }
}
