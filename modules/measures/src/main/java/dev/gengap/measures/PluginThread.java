package dev.gengap.measures;

import dev.gengap.compute.Backend;
import dev.gengap.measures.api.Measure;
import dev.gengap.measures.api.MeasureDescription;
import dev.gengap.measures.api.Setting;
import dev.gengap.network.execution.BackendRuntime;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A thread on which measures of plugins run one after the other, with a backend and contexts of its
 * own.
 *
 * <p>Ownership: {@link #run}, {@link #abandon} and {@link #close} belong to one other thread, which
 * ends with one of the last two. Ordering: one order is in hand at a time; its results come in the
 * order of its measures. Failure: whatever a measure throws is the failure of that measure; a
 * thread that was abandoned in a measure tells nobody anything any more, closes what it opened and
 * ends as soon as the measure does, which it is asked to by an interrupt.
 */
final class PluginThread {
  /** How often a measure that runs is checked for being wanted still. */
  private static final long SLICE_NANOS = 100_000_000;

  private final Supplier<Backend> backends;
  private final BlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::work, "gengap-plugin");
  private volatile boolean ending;

  /** Of the thread alone. */
  private Backend backend;

  private String newestRun = "";
  private SnapshotMeasures newestMeasures;

  PluginThread(Supplier<Backend> backends) {
    this.backends = backends;
    thread.setDaemon(true);
    thread.start();
  }

  /** What the thread tells about the measure that it was at. */
  private sealed interface Event {}

  private record Ended(MeasureResult result) implements Event {}

  /** It threw what measures do not throw on: an error, or before the first one began. */
  private record Broken(Throwable cause) implements Event {}

  /**
   * Runs {@code measures} over a snapshot of {@code run}, or those before the first that takes too
   * long or is no longer wanted: then the thread is to be abandoned.
   *
   * @return how many of them ended
   * @throws CancellationException if the calling thread is interrupted
   */
  int run(String run, MeasuredSnapshot snapshot, List<Measure> measures, MeasureListener listener) {
    int ended = 0;
    while (ended < measures.size()) {
      BlockingQueue<Event> events = new LinkedBlockingQueue<>();
      List<Measure> left = measures.subList(ended, measures.size());
      orders.add(() -> measure(run, snapshot, left, new Reporter(events, listener)));
      boolean whole = true;
      while (whole && ended < measures.size()) {
        Event event = poll(events, snapshot.settings().get(Setting.PLUGIN_SECONDS), listener);
        if (event == null) {
          return ended;
        }
        whole = event instanceof Ended;
        listener.ended(result(event, measures.get(ended), snapshot));
        ended++;
      }
    }
    return ended;
  }

  /** The next event; null if none comes in time, or none is wanted any more. */
  private static Event poll(BlockingQueue<Event> events, double seconds, MeasureListener listener) {
    long start = System.nanoTime();
    long left = (long) (seconds * 1e9);
    Event event = null;
    try {
      while (event == null && left > 0 && !listener.cancelled()) {
        event = events.poll(Math.min(left, SLICE_NANOS), TimeUnit.NANOSECONDS);
        left = (long) (seconds * 1e9) - (System.nanoTime() - start);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException interrupted = new CancellationException("interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private static MeasureResult result(Event event, Measure measure, MeasuredSnapshot snapshot) {
    return event instanceof Ended ended
        ? ended.result()
        : MeasureResult.failed(
            measure.describe(), snapshot, ((Broken) event).cause().toString(), 0);
  }

  /** Whether it is still at something. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Leaves it behind, at a measure that takes too long. */
  void abandon() {
    ending = true;
    thread.interrupt();
  }

  /** Ends it, when it is at nothing, and waits for that. */
  void close() {
    ending = true;
    orders.add(() -> {});
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes on what the thread finds, unless nobody waits for it any more. */
  private final class Reporter implements MeasureListener {
    private final BlockingQueue<Event> events;
    private final MeasureListener listener;

    private Reporter(BlockingQueue<Event> events, MeasureListener listener) {
      this.events = events;
      this.listener = listener;
    }

    @Override
    public void begins(MeasureDescription measure, double seconds) {
      listener.begins(measure, seconds);
    }

    @Override
    public void ended(MeasureResult result) {
      events.add(new Ended(result));
    }

    @Override
    public boolean cancelled() {
      return ending || listener.cancelled();
    }
  }

  private void work() {
    try {
      while (!ending) {
        orders.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (backend != null) {
        backend.close();
      }
    }
  }

  private void measure(
      String run, MeasuredSnapshot snapshot, List<Measure> measures, Reporter reporter) {
    try {
      if (backend == null) {
        backend = backends.get();
      }
      if (newestMeasures == null || !newestRun.equals(run)) {
        newestRun = run;
        newestMeasures = new SnapshotMeasures(new BackendRuntime(backend));
      }
      newestMeasures.next(measures, snapshot, reporter);
    } catch (Throwable e) {
      // Whatever it is, a plugin brought it about, and it ends here.
      reporter.events.add(new Broken(e));
    }
  }
}
