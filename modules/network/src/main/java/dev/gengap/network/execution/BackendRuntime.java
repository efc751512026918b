package dev.gengap.network.execution;

import dev.gengap.compute.Backend;
import dev.gengap.compute.Precision;
import dev.gengap.network.Differentiator;
import dev.gengap.network.Evaluator;
import dev.gengap.network.NetworkRuntime;
import dev.gengap.network.NetworkSpec;

/** Runs networks on a backend. Confined to the backend's thread, which outlives it. */
public final class BackendRuntime implements NetworkRuntime {
  private final Backend backend;

  /** Runs on {@code backend}, which stays the caller's. */
  public BackendRuntime(Backend backend) {
    this.backend = backend;
  }

  @Override
  public Evaluator evaluator(NetworkSpec spec) {
    return new BackendEvaluator(backend, spec, Precision.FLOAT64);
  }

  @Override
  public Differentiator differentiator(NetworkSpec spec, Precision precision) {
    return new BackendDifferentiator(backend, spec, precision);
  }
}
