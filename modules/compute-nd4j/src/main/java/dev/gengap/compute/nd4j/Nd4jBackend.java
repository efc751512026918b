package dev.gengap.compute.nd4j;

import dev.gengap.compute.Backend;
import dev.gengap.compute.BackendInfo;
import dev.gengap.compute.Precision;
import dev.gengap.compute.Workspace;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The CPU, by ND4J. ND4J's number of threads belongs to the process and decides the bits of its
 * results, so all backends open at one time must have the same. Safe for any thread. Caller closes.
 */
public final class Nd4jBackend implements Backend {
  private final BackendInfo info;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Nd4jBackend(BackendInfo info) {
    this.info = info;
  }

  /**
   * A backend whose operations share their work among {@code threads} threads.
   *
   * @param threads at least 1, at most one for each processor
   * @throws IllegalStateException if one with another number of threads is open in this process
   * @throws dev.gengap.core.UserError if ND4J has no native library for this machine, or takes
   *     fewer threads
   */
  public static Nd4jBackend create(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: >= 1)");
    }
    NativeLibrary.open(threads);
    String device =
        "CPU ("
            + System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors)";
    return new Nd4jBackend(new BackendInfo("nd4j", NativeLibrary.version(), device, threads));
  }

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public Workspace newWorkspace(Precision precision) {
    if (closed.get()) {
      throw new IllegalStateException("backend: closed (expected: open)");
    }
    NativeLibrary.enterThread(info.threads());
    return new Nd4jWorkspace(precision, info.threads());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      NativeLibrary.release();
    }
  }
}
