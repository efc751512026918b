package dev.gengap.compute;

/**
 * Something that computes: one device with its library. Safe for any thread; what it makes is
 * confined to the thread that asked for it. Caller closes, after every workspace.
 */
public interface Backend extends AutoCloseable {
  /** What it is and what decides the bits of its results. */
  BackendInfo info();

  /**
   * A new, empty workspace, confined to the calling thread. Caller closes.
   *
   * @throws IllegalStateException if the backend is closed
   */
  Workspace newWorkspace(Precision precision);

  @Override
  void close();
}
