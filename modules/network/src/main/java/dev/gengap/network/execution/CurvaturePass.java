package dev.gengap.network.execution;

import dev.gengap.compute.CrossEntropy;
import dev.gengap.compute.Operation;
import dev.gengap.compute.RowSource;
import dev.gengap.compute.SoftmaxCrossEntropy;
import dev.gengap.compute.Tensor;
import dev.gengap.compute.TensorRole;
import dev.gengap.compute.Workspace;
import dev.gengap.core.CounterRandom;
import dev.gengap.core.RandomStream;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.PiecewiseLinear;
import java.util.Optional;

/**
 * The product of a vector v with the Hessian of a minibatch's mean softmax cross-entropy with
 * respect to all parameters w: Pearlmutter's R-operator (Pearlmutter 1994, Fast exact
 * multiplication by the Hessian), which differentiates every step of the network's pass forward and
 * backward along v. Exact but for rounding wherever the loss has second derivatives. For piecewise
 * linear networks. Confined to the workspace's thread, which owns its memory.
 */
final class CurvaturePass {
  private final Workspace workspace;
  private final LayerGraph graph;
  private final Tangents tangents;
  private final PreparedBatches<Prepared> prepared;
  private final int classes;

  /** The operations for batches of one size, and what lies between them. */
  private record Prepared(Operation forward, CrossEntropy loss, Ends ends, Operation backward) {}

  /** The network's outputs, (row, class), how they move, and how their gradient does. */
  private record Ends(Tensor logits, Tensor tangent, Tensor gradientTangent) {}

  /**
   * A pass at the values that {@code weights} have when it runs.
   *
   * @param gradients receives the minibatch's gradients on the way
   * @param batch most examples at once, &gt; 0
   * @throws UnsupportedOperationException unless the network is {@link PiecewiseLinear}
   */
  CurvaturePass(
      Workspace workspace,
      NetworkSpec spec,
      ParameterTensors weights,
      GradientTarget gradients,
      int batch) {
    if (!PiecewiseLinear.is(spec)) {
      throw new UnsupportedOperationException("network: " + spec + " (expected: piecewise linear)");
    }
    this.workspace = workspace;
    this.classes = spec.classes();
    CounterRandom dropout = CounterRandom.of(0, RandomStream.DROPOUT);
    LayerGraphBuilder.Training training = new LayerGraphBuilder.Training(gradients, dropout, false);
    graph = new LayerGraphBuilder(workspace, weights, Optional.of(training), batch).build(spec);
    Tangents.Parameters parameters =
        new Tangents.Parameters(
            ParameterTensors.forParameters(workspace, spec, TensorRole.PARAMETERS),
            ParameterTensors.forParameters(workspace, spec, TensorRole.READ_OUT));
    tangents = new Tangents(workspace, graph, parameters);
    prepared = new PreparedBatches<>(batch, this::prepare);
  }

  /** v, to be written before a run. */
  ParameterTensors direction() {
    return tangents.parameters().direction();
  }

  /** H v after a run. */
  ParameterTensors product() {
    return tangents.parameters().product();
  }

  /**
   * Runs the first {@code count} examples.
   *
   * @param examples a row of features for each
   * @param labels classes, 0 … K−1
   */
  void run(RowSource examples, int[] labels, int count) {
    Prepared operations = prepared.forRows(count);
    graph.inputs(count).write(examples, count);
    operations.forward().run();
    operations.loss().run(labels);
    differentiateSoftmax(operations.ends(), labels, count);
    operations.backward().run();
  }

  /** The tangent of (p − e_y)/rows: (p ⊙ ż − p (p·ż))/rows, ż that of the logits. */
  private void differentiateSoftmax(Ends ends, int[] labels, int rows) {
    double[] logits = new double[rows * classes];
    double[] moving = new double[rows * classes];
    ends.logits().read(logits, logits.length);
    ends.tangent().read(moving, moving.length);
    SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy(classes);
    for (int row = 0; row < rows; row++) {
      int at = row * classes;
      softmax.loss(logits, at, labels[row]);
      double mean = 0;
      for (int k = 0; k < classes; k++) {
        mean += softmax.probability(k) * moving[at + k];
      }
      for (int k = 0; k < classes; k++) {
        moving[at + k] = softmax.probability(k) * (moving[at + k] - mean) / rows;
      }
    }
    ends.gradientTangent().write(moving, moving.length);
  }

  private Prepared prepare(int rows) {
    OperationSequence forward = new OperationSequence(rows);
    TangentSequence moving = new TangentSequence(forward, tangents);
    for (LayerExecution layer : graph.layers()) {
      layer.forward(forward);
      if (moving.moves(layer.output())) {
        ((LinearisedExecution) layer).tangent(moving);
      }
    }
    OperationSequence backward = new OperationSequence(rows);
    TangentSequence movingBackward = new TangentSequence(backward, tangents);
    for (LayerExecution layer : graph.learningLayersReversed()) {
      ((LinearisedExecution) layer).tangentBackward(movingBackward);
      layer.backward(backward);
    }
    Ends ends =
        new Ends(
            graph.logits(rows),
            moving.tangent(graph.output()),
            moving.gradientTangent(graph.output()));
    return new Prepared(
        workspace.prepare(forward.operations()),
        workspace.prepareCrossEntropy(graph.logits(rows), graph.logitsGradient(rows)),
        ends,
        workspace.prepare(backward.operations()));
  }
}
