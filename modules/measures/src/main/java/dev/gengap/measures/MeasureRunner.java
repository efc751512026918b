package dev.gengap.measures;

import dev.gengap.compute.Backend;
import dev.gengap.measures.api.Measure;
import dev.gengap.network.execution.BackendRuntime;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs built-in measures on the thread that calls, and then those of plugins, each for as long as
 * {@link dev.gengap.measures.api.Setting#PLUGIN_SECONDS} allows, on another thread. Confined to one
 * thread. Caller closes.
 *
 * <p>Ownership: opens a backend for the thread that makes it, and one for the other thread when a
 * plugin first needs it, and closes them. A plugin that hangs keeps its thread and its backend
 * until it ends by itself.
 */
public final class MeasureRunner implements AutoCloseable {
  private final PluginMeasures plugins;
  private final Backend backend;
  private RunMeasures newest;

  /** The run that was measured last: only searches of the same run start where they ended. */
  private record RunMeasures(String run, SnapshotMeasures measures) {}

  /**
   * Opens a backend; what that throws is thrown on.
   *
   * @param backends makes a backend for the thread that calls it
   */
  public MeasureRunner(Supplier<Backend> backends) {
    this.backend = backends.get();
    this.plugins = new PluginMeasures(backends);
  }

  /**
   * Runs {@code measures} over a snapshot of {@code run}. {@code listener} hears of the end of each
   * of them, as soon as it comes. Once it has {@linkplain MeasureListener#cancelled() cancelled}
   * them, no other begins, and one of a plugin is left behind.
   */
  public void run(
      String run, MeasuredSnapshot snapshot, List<Measure> measures, MeasureListener listener) {
    List<Measure> builtIn = measures.stream().filter(m -> !(m instanceof PluginMeasure)).toList();
    if (!builtIn.isEmpty()) {
      measuresOf(run).next(builtIn, snapshot, listener);
    }
    if (listener.cancelled()) {
      return;
    }
    plugins.run(
        run,
        snapshot,
        measures.stream().filter(PluginMeasure.class::isInstance).toList(),
        listener);
  }

  private SnapshotMeasures measuresOf(String run) {
    if (newest == null || !newest.run().equals(run)) {
      newest = new RunMeasures(run, new SnapshotMeasures(new BackendRuntime(backend)));
    }
    return newest.measures();
  }

  @Override
  public void close() {
    try {
      plugins.close();
    } finally {
      backend.close();
    }
  }
}
