package dev.gengap.compute;

import java.util.EnumSet;
import java.util.Set;

/**
 * Something that computes: one device with its library. Safe for any thread; what it makes is
 * confined to the thread that asked for it. Caller closes, after every workspace.
 */
public interface Backend extends AutoCloseable {
  /** What it is and what decides the bits of its results. */
  BackendInfo info();

  /** The precisions it computes with: float32 always, float64 for measures where it can. */
  default Set<Precision> precisions() {
    return EnumSet.allOf(Precision.class);
  }

  /**
   * A new, empty workspace, confined to the calling thread. Caller closes.
   *
   * @throws IllegalArgumentException if the backend does not compute with {@code precision}
   * @throws IllegalStateException if the backend is closed
   */
  Workspace newWorkspace(Precision precision);

  @Override
  void close();
}
