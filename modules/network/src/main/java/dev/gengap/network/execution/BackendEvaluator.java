package dev.gengap.network.execution;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Workspace;
import dev.gengap.data.Examples;
import dev.gengap.network.Evaluator;
import dev.gengap.network.NetworkSpec;
import dev.gengap.network.Weights;

/**
 * Evaluates on a backend, some hundred examples at a time. Confined to the thread that made it.
 * Caller closes it, and the backend after it.
 */
public final class BackendEvaluator implements Evaluator {
  private final Workspace workspace;
  private final ParameterTensors parameters;
  private final ChunkedForward forward;

  /** An evaluator of networks of {@code spec}, in {@code precision}. */
  public BackendEvaluator(Backend backend, NetworkSpec spec, Precision precision) {
    workspace = backend.newWorkspace(precision);
    parameters = ParameterTensors.weights(workspace, spec);
    forward = new ChunkedForward(workspace, spec, parameters);
  }

  @Override
  public double[] logits(Weights weights, Examples examples) {
    parameters.write(weights);
    return forward.all(examples);
  }

  @Override
  public void close() {
    workspace.close();
  }
}
