package dev.gengap.compute.reference;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendInfo;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Workspace;

/**
 * A backend that is obviously right and nothing else: each formula as a loop, sums in double, one
 * operation at a time. In float32 it rounds what it stores. Safe for any thread.
 */
public final class ReferenceBackend implements Backend {
  private boolean closed;

  @Override
  public BackendInfo info() {
    return new BackendInfo("reference", "1", "Java", 1);
  }

  @Override
  public synchronized Workspace newWorkspace(Precision precision) {
    if (closed) {
      throw new IllegalStateException("backend: closed (expected: open)");
    }
    return new ReferenceWorkspace(precision);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
